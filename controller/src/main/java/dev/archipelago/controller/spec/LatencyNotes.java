package dev.archipelago.controller.spec;

import dev.archipelago.protocol.trial.Latency;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Objective;
import dev.archipelago.protocol.trial.Score;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What halving the latency is worth under an objective, computed by that objective itself. */
final class LatencyNotes {
  private static final double ACCURACY = 0.9;
  private static final Duration PLAUSIBLE = Duration.ofNanos(500_000);

  private LatencyNotes() {}

  static List<String> of(Objective objective) {
    if (objective instanceof Objective.AccuracyLatency weighed) {
      return List.of(
          accuracy(objective, weighed.target().multipliedBy(2), "above the target"),
          accuracy(objective, weighed.target(), "below the target"));
    }
    if (objective instanceof Objective.LossLogLatency weighed) {
      Duration two = weighed.unit().multipliedBy(2);
      return PLAUSIBLE.compareTo(two) <= 0
          ? List.of(
              loss(objective, PLAUSIBLE)
                  + " Latencies under "
                  + Durations.write(two)
                  + " all count the same: name a smaller unit.",
              loss(objective, two.multipliedBy(5)))
          : List.of(loss(objective, PLAUSIBLE));
    }
    return objective instanceof Objective.LossLogRatio weighed
        ? List.of(loss(objective, weighed.target()))
        : List.of();
  }

  private static String accuracy(Objective objective, Duration from, String where) {
    double factor = gain(objective, from);
    String worth =
        factor == 1
            ? "is worth nothing"
            : ACCURACY * factor > 1
                ? Text.format(
                    "multiplies the reward by %.2f, which no accuracy makes up for", factor)
                : Text.format(
                    "is worth as much as %.1f points of accuracy at %.0f %%",
                    100 * ACCURACY * (factor - 1), 100 * ACCURACY);
    return Text.format("Halving the latency %s (%s) %s.", where, halved(from), worth);
  }

  private static String loss(Objective objective, Duration from) {
    double factor = gain(objective, from);
    return Text.format(
        "Halving the latency (%s) is worth %s.",
        halved(from),
        factor == 1
            ? "nothing"
            : Text.format("as much as a validation loss lower by %.1f %%", 100 * (1 - factor)));
  }

  private static String halved(Duration from) {
    return Durations.write(from) + " to " + Durations.write(from.dividedBy(2));
  }

  /** The reward after halving, over the reward before. */
  private static double gain(Objective objective, Duration from) {
    return reward(objective, from.dividedBy(2)) / reward(objective, from);
  }

  private static double reward(Objective objective, Duration latency) {
    Measurement measurement =
        new Measurement(
            Optional.of(new Score(ACCURACY, 1, 1)),
            Optional.empty(),
            List.of(),
            List.of(new Latency(1, latency, latency)),
            1,
            1,
            0,
            0,
            0,
            "",
            "",
            0,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty());
    return objective.reward(measurement).orElseThrow();
  }
}
