package dev.archipelago.controller.spec;

import dev.archipelago.protocol.trial.Objective;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code objective}: what a search maximises or minimises. */
final class ObjectiveReader {
  static final Duration SHORTEST = Duration.ofNanos(1);
  static final Duration LONGEST = Duration.ofHours(1);

  /** MnasNet, arXiv:1807.11626, §3.1: equal exponents for a soft target. */
  private static final double SOFT = -0.07;

  /** FBNet, arXiv:1812.03443, §4.1. */
  private static final double BETA = 0.6;

  private static final Pattern METRIC = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");

  private ObjectiveReader() {}

  /**
   * @param evaluator a program may write metrics of its own, and then any of them may be meant
   */
  static Objective read(Section objective, Evaluator evaluator) {
    Optional<Objective> metric =
        evaluator instanceof Evaluator.Program ? metric(objective) : Optional.empty();
    if (metric.isPresent()) {
      objective.close();
      return metric.get();
    }
    Optional<String> maximized = objective.word("maximize", List.of("accuracy"));
    Optional<String> minimized = objective.word("minimize", List.of("loss"));
    if (maximized.isPresent() && minimized.isPresent()) {
      objective.problem("minimize", "found beside maximize; allowed: one of the two");
    }
    Objective read = minimized.isPresent() ? loss(objective) : accuracy(objective);
    objective.close();
    return read;
  }

  /** {@code maximize: auc} or {@code minimize: rmse}; empty where a word has its usual meaning. */
  private static Optional<Objective> metric(Section objective) {
    if (objective.has("latency") || (objective.has("maximize") && objective.has("minimize"))) {
      return Optional.empty();
    }
    String key = objective.has("minimize") ? "minimize" : "maximize";
    return objective
        .text(key, "the name of a metric that the program writes", METRIC.asMatchPredicate())
        .filter(name -> !name.equals("accuracy"))
        .map(name -> new Objective.Metric(name, key.equals("maximize")));
  }

  private static Objective accuracy(Section objective) {
    if (!objective.has("latency")) {
      return new Objective.Accuracy();
    }
    if (!objective.has("maximize")) {
      objective.problem(
          "latency", "weighs nothing alone; allowed: beside maximize: accuracy or minimize: loss");
    }
    Section latency = objective.section("latency");
    latency.require("target", "the latency to aim at, 2 ms for instance");
    Duration target = latency.duration("target", SHORTEST, LONGEST).orElse(LONGEST);
    Objective.AccuracyLatency read =
        latency.isScalar("exponents")
            ? named(latency, target)
            : given(latency.section("exponents"), target);
    if (read.below() == 0 && read.above() == 0) {
      latency.problem(
          "exponents", "found 0 for both, which ignores latency; remove objective.latency instead");
    }
    latency.close();
    return read;
  }

  private static Objective.AccuracyLatency named(Section latency, Duration target) {
    boolean hard = latency.word("exponents", List.of("soft", "hard")).orElse("soft").equals("hard");
    return new Objective.AccuracyLatency(target, hard ? 0 : SOFT, hard ? -1 : SOFT);
  }

  private static Objective.AccuracyLatency given(Section exponents, Duration target) {
    double below = exponents.number("below", SOFT, -10, 0);
    double above = exponents.number("above", SOFT, -10, 0);
    exponents.close();
    return new Objective.AccuracyLatency(target, below, above);
  }

  private static Objective loss(Section objective) {
    objective.require(
        "latency",
        "{beta: 0.6, unit: us} or {beta: 0.6, target: 2 ms}; without latency, maximize: accuracy");
    Section latency = objective.section("latency");
    double beta = latency.number("beta", BETA, 0.001, 10);
    Optional<Duration> unit = latency.scalar("unit", unitForms(), s -> unit(s.text()));
    Optional<Duration> target = latency.duration("target", SHORTEST, LONGEST);
    if (latency.has("unit") && latency.has("target")) {
      latency.problem(
          "target",
          "found beside unit; allowed: unit for log(latency / unit), or target for"
              + " log(1 + latency / target)");
    } else if (!latency.has("unit") && !latency.has("target")) {
      latency.require(
          "unit",
          unitForms() + ", which weighs latency against loss; or target: 2 ms in its place");
    }
    latency.close();
    return target.isPresent()
        ? new Objective.LossLogRatio(beta, target.get())
        : new Objective.LossLogLatency(beta, unit.orElse(LONGEST));
  }

  private static Optional<Duration> unit(String text) {
    return Durations.unit(text)
        .or(() -> Durations.parse(text))
        .filter(d -> d.compareTo(SHORTEST) >= 0 && d.compareTo(LONGEST) <= 0);
  }

  private static String unitForms() {
    return "a unit (" + Durations.UNITS + ") or a duration such as 10 us";
  }
}
