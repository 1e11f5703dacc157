package dev.archipelago.deploy.client;

import java.util.List;
import java.util.Optional;

/**
 * What a search costs, by those of its trials that have ended.
 *
 * @param basedOn how many trials were measured
 * @param workers for numbers of workers in ascending order
 */
public record ForecastDocument(int basedOn, List<Outlook> workers) {

  /** On so many workers: the whole search, and what is left of it. */
  public record Outlook(
      int workers,
      Range seconds,
      Range deviceSeconds,
      Range remainingSeconds,
      Range remainingDeviceSeconds) {}

  /** An expected value between a low and a high one. */
  public record Range(double low, double expected, double high) {}

  /** For the largest number of workers that is at most this; empty for none. */
  public Optional<Outlook> on(int some) {
    return workers.stream()
        .filter(outlook -> outlook.workers() <= some)
        .reduce((first, second) -> second);
  }
}
