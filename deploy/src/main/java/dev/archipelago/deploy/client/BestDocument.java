package dev.archipelago.deploy.client;

import org.jspecify.annotations.Nullable;

/** What a search found. */
public record BestDocument(
    String search,
    @Nullable NetworkDocument winner,
    @Nullable NetworkDocument baseline,
    @Nullable ComparisonDocument comparison,
    @Nullable TrialCounts trials,
    @Nullable Double seconds) {}
