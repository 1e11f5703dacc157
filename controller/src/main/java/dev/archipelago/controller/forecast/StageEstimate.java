package dev.archipelago.controller.forecast;

/**
 * What a stage takes: no trial of the next begins before it has ended.
 *
 * @param seconds from its first trial to its last, on a given number of workers
 * @param deviceSeconds of workers' time
 */
public record StageEstimate(Range seconds, Range deviceSeconds) {}
