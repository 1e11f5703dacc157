package dev.archipelago.controller.schedule;

/**
 * What every scheduler is told at its start.
 *
 * @param configurations how many the budget allows; after so many it starts no other
 * @param rungs how many there are, at least 1; the last is the full evaluation
 * @param bracket how many start together where a scheduler's settings do not say it
 */
public record ScheduleContext(int configurations, int rungs, int bracket) {

  /** One bracket may hold all of them. */
  public ScheduleContext(int configurations, int rungs) {
    this(configurations, rungs, configurations);
  }
}
