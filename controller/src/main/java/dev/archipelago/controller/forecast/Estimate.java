package dev.archipelago.controller.forecast;

/**
 * What a part costs.
 *
 * @param trials expected number
 * @param deviceSeconds of workers' time
 */
public record Estimate(double trials, Range deviceSeconds) {}
