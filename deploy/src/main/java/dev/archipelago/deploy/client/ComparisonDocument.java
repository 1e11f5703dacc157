package dev.archipelago.deploy.client;

import org.jspecify.annotations.Nullable;

/** Winner minus baseline in test accuracy, with the interval's ends. */
public record ComparisonDocument(
    @Nullable Double difference,
    @Nullable Double low,
    @Nullable Double high,
    @Nullable String sentence) {}
