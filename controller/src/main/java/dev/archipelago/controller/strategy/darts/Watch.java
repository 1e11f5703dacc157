package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.settings.Settings;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Sentinel} looks for, and what is done where it finds it.
 *
 * @param skips excess share of skip connections that counts as 1: {@link CellReader#skips}; 0.01 to
 *     1
 * @param growth factor by which the curvature grows within {@code lag} rounds that counts as 1;
 *     1.01 to 100
 * @param threshold score from which it is a collapse, 0.1 to 10
 * @param lag rounds over which the curvature is averaged, and between the averages that are
 *     compared; so far back lies what is returned to; 1 to 100
 * @param iterations of the power method for the curvature in every round, 0 to 100; with 0 there is
 *     no curvature, and skips count twice
 */
record Watch(
    Action action, double skips, double growth, double threshold, int lag, int iterations) {

  /** What is done about a collapse. */
  enum Action {
    /** The chain ends with what it had {@code lag} rounds before. */
    STOP("stop"),
    /** It goes on from there with half the learning rate of the alphas; the third time it ends. */
    ROLL_BACK("roll-back"),
    /** It is said. */
    WARN("warn"),
    /** Nothing is looked for. */
    OFF("off");

    private final String label;

    Action(String label) {
      this.label = label;
    }
  }

  /** Nothing is measured, and any cell is taken. */
  private static final Watch NONE = new Watch(Action.OFF, 0.5, 1.33, 2, 1, 0);

  private static final List<String> ACTIONS =
      Arrays.stream(Action.values()).map(action -> action.label).toList();

  /**
   * @param rounds in which the alphas move, in one chain
   */
  static Watch read(int rounds, Settings settings) {
    return settings.nested(
        "sentinel",
        inner -> {
          String label = inner.choice("action", Action.ROLL_BACK.label, ACTIONS);
          Action action =
              Arrays.stream(Action.values())
                  .filter(one -> one.label.equals(label))
                  .findFirst()
                  .orElseThrow();
          if (action == Action.OFF) {
            for (String key : List.of("skips", "growth", "threshold", "lag", "iterations")) {
              inner.exclude(key, "means nothing with action: off");
            }
            return NONE;
          }
          return new Watch(
              action,
              inner.number("skips", NONE.skips, 0.01, 1),
              inner.number("growth", NONE.growth, 1.01, 100),
              inner.number("threshold", NONE.threshold, 0.1, 10),
              inner.integer("lag", Math.max(2, Math.min(5, rounds / 10)), 1, 100),
              inner.integer("iterations", 8, 0, 100));
        });
  }

  void put(Map<String, Object> settings) {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("action", action.label);
    if (isOn()) {
      own.put("skips", skips);
      own.put("growth", growth);
      own.put("threshold", threshold);
      own.put("lag", lag);
      own.put("iterations", iterations);
    }
    settings.put("sentinel", Collections.unmodifiableMap(own));
  }

  boolean isOn() {
    return action != Action.OFF;
  }

  boolean alarms(Signals signals) {
    return isOn() && signals.score() >= threshold;
  }

  /** How many past states of a chain are kept beside the last, as long as no new one has come. */
  int memory() {
    return action == Action.STOP || action == Action.ROLL_BACK ? lag - 1 : 0;
  }
}
