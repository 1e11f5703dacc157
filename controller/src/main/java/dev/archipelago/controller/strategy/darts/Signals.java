package dev.archipelago.controller.strategy.darts;

/**
 * What a {@link Sentinel} sees in one round.
 *
 * @param skips excess share of skip connections, {@link CellReader#skips}
 * @param entropy mean entropy of the edges' probabilities, as a share of the largest: 1 is uniform
 * @param growth of the curvature within {@code lag} rounds, a factor; 1 where it is not known
 * @param score 0 is healthy; a collapse from {@link Watch#threshold} on
 */
record Signals(double skips, double entropy, double growth, double score) {}
