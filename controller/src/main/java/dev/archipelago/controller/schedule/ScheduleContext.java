package dev.archipelago.controller.schedule;

/**
 * What every scheduler is told at its start.
 *
 * @param configurations how many the budget allows; after so many it starts no other
 * @param rungs how many there are, at least 1; the last is the full evaluation
 */
public record ScheduleContext(int configurations, int rungs) {}
