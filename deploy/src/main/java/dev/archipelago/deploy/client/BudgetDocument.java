package dev.archipelago.deploy.client;

import org.jspecify.annotations.Nullable;

/**
 * What a search may spend in each arm.
 *
 * @param seconds of running time; null where only the trials count
 * @param deviceSeconds of workers' time; null where it does not count
 */
public record BudgetDocument(
    int trials, @Nullable Double seconds, @Nullable Double deviceSeconds) {}
