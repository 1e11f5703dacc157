package dev.archipelago.deploy.client;

import org.jspecify.annotations.Nullable;

/**
 * A published network that was trained and tested as the winner was.
 *
 * @param comparison winner minus this one
 */
public record ReferenceDocument(
    String name,
    @Nullable Integer trial,
    @Nullable Double testAccuracy,
    @Nullable Double latencyP50Micros,
    @Nullable Long params,
    @Nullable Long flops,
    @Nullable ComparisonDocument comparison) {}
