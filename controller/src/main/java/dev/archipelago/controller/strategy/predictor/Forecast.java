package dev.archipelago.controller.strategy.predictor;

/**
 * A normal distribution of what a reward would be, as a {@link NormalScores} score.
 *
 * @param deviation standard deviation, at least 0
 */
record Forecast(double mean, double deviation) {}
