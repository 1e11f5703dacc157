package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.ForecastDocument;
import dev.archipelago.deploy.client.ForecastDocument.Range;
import dev.archipelago.deploy.client.StatusDocument;
import java.util.Optional;
import java.util.stream.Collectors;

/** A forecast in words. */
final class ForecastText {
  private ForecastText() {}

  /** {@code about 12m 04s more on 2 workers (8m 10s to 15m 02s)}; empty while nobody knows. */
  static Optional<String> left(Progress progress) {
    ForecastDocument forecast = progress.status().forecast();
    if (forecast == null || progress.status().state().isOver()) {
      return Optional.empty();
    }
    return forecast
        .on(progress.workers().size())
        .map(
            outlook ->
                "about %s more on %s (%s)"
                    .formatted(
                        Format.duration(outlook.remainingSeconds().expected()),
                        Format.plural(outlook.workers(), "worker"),
                        between(outlook.remainingSeconds())));
  }

  /** As {@link #left(Progress)}, for every number of workers. */
  static Optional<String> left(StatusDocument status) {
    ForecastDocument forecast = status.forecast();
    if (forecast == null || status.state().isOver()) {
      return Optional.empty();
    }
    String each =
        forecast.workers().stream()
            .map(
                outlook ->
                    "%s on %s (%s)"
                        .formatted(
                            Format.duration(outlook.remainingSeconds().expected()),
                            Format.plural(outlook.workers(), "worker"),
                            between(outlook.remainingSeconds())))
            .collect(Collectors.joining(", "));
    return Optional.of("about " + each.replaceFirst(" on ", " more on "));
  }

  private static String between(Range range) {
    return Format.duration(range.low()) + " to " + Format.duration(range.high());
  }
}
