package dev.archipelago.deploy.client;

import org.jspecify.annotations.Nullable;

/** One of the strategies that a search runs side by side. */
public record ArmDocument(
    String arm,
    String strategy,
    @Nullable String phase,
    int proposed,
    int completed,
    int failed,
    int rejected,
    int running,
    @Nullable ArmBest best) {}
