package dev.archipelago.deploy.client;

import org.jspecify.annotations.Nullable;

/** The best trial of an arm so far. */
public record ArmBest(int trial, @Nullable Double reward, @Nullable Double validationAccuracy) {}
