package dev.archipelago.controller.spec;

import dev.archipelago.protocol.trial.Objective;

/** An objective as a formula, for people. */
public final class ObjectiveText {
  private ObjectiveText() {}

  /** Such as {@code accuracy x (latency / 2 ms)^-0.07}; what is minimized is said to be so. */
  public static String of(Objective objective) {
    if (objective instanceof Objective.Accuracy) {
      return "accuracy";
    } else if (objective instanceof Objective.Metric metric) {
      return metric.name() + (metric.larger() ? ", maximized" : ", minimized");
    } else if (objective instanceof Objective.AccuracyLatency weighed) {
      String ratio = "accuracy x (latency / " + Durations.write(weighed.target()) + ")^";
      return weighed.below() == weighed.above()
          ? ratio + number(weighed.above())
          : Text.format(
              "%sw, w = %s below the target and %s above",
              ratio, number(weighed.below()), number(weighed.above()));
    } else if (objective instanceof Objective.LossLogLatency weighed) {
      return Text.format(
          "loss x log(latency / %s)^%s, minimized",
          Durations.write(weighed.unit()), number(weighed.beta()));
    } else if (objective instanceof Objective.LossLogRatio weighed) {
      return Text.format(
          "loss x log(1 + latency / %s)^%s, minimized",
          Durations.write(weighed.target()), number(weighed.beta()));
    }
    throw new IllegalArgumentException("no form for the objective " + objective);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Text.format("%.0f", value) : String.valueOf(value);
  }
}
