package dev.archipelago.controller.forecast;

import dev.archipelago.protocol.trial.Stage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A search that was played once.
 *
 * @param seconds of each stage, from its first trial to its last
 * @param rungs the strategy's trials on each rung
 */
record Played(Map<Part, Tally> parts, Map<Stage, Double> seconds, List<Double> rungs) {
  Played {
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
    seconds = Collections.unmodifiableMap(new EnumMap<>(seconds));
    rungs = List.copyOf(rungs);
  }

  /** Trials of a part and the workers' time that they took. */
  record Tally(double trials, double deviceSeconds) {
    static final Tally NONE = new Tally(0, 0);

    Tally plus(double seconds) {
      return new Tally(trials + 1, deviceSeconds + seconds);
    }

    Tally times(double factor) {
      return new Tally(trials * factor, deviceSeconds * factor);
    }
  }

  Tally part(Part part) {
    return parts.getOrDefault(part, Tally.NONE);
  }

  double seconds(Stage stage) {
    return seconds.getOrDefault(stage, 0.0);
  }

  double deviceSeconds(Stage stage) {
    double sum = 0;
    for (Part part : Part.values()) {
      sum += part.stage() == stage ? part(part).deviceSeconds() : 0;
    }
    return sum;
  }
}
