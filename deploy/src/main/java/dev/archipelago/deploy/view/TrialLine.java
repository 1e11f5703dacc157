package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.FailureDocument;
import dev.archipelago.deploy.client.TrialDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One finished trial on one line. */
final class TrialLine {
  private TrialLine() {}

  /**
   * @param rungs of the schedule, the lowest first
   */
  static String of(TrialDocument trial, List<String> rungs) {
    List<String> parts = new ArrayList<>();
    lineage(parts, trial, rungs);
    if (trial.round() != null) {
      parts.add(RoundText.of(trial.round()));
    }
    scores(parts, trial);
    if (trial.params() != null && trial.round() == null) {
      parts.add(Format.count(trial.params()) + " parameters");
    }
    if (trial.latencyP50Micros() != null) {
      parts.add(Format.latency(trial.latencyP50Micros()));
    }
    if (trial.trainSeconds() != null && trial.trainSeconds() > 0) {
      parts.add("trained " + Format.duration(trial.trainSeconds()));
    }
    FailureDocument failure = trial.failure();
    if (failure != null) {
      parts.add(failure.category() + ": " + failure.message().lines().findFirst().orElse(""));
    }
    if (trial.worker() != null) {
      parts.add(trial.worker());
    }
    String stage = trial.stage().equals("search") ? "" : ", " + trial.stage();
    return "trial %d (%s%s) %s: %s"
        .formatted(
            trial.number(),
            trial.arm(),
            stage,
            trial.state().toLowerCase(Locale.ROOT),
            String.join(", ", parts));
  }

  private static void lineage(List<String> parts, TrialDocument trial, List<String> rungs) {
    if (trial.rung() != null && rungs.size() > 1) {
      parts.add("rung " + trial.rung() + " (of " + String.join(", ", rungs) + ")");
    }
    if (trial.continues() != null) {
      parts.add("continues trial " + trial.continues());
    }
  }

  /** A proxy's score is the reward of its rung, and no accuracy: it goes by its name. */
  private static void scores(List<String> parts, TrialDocument trial) {
    if (trial.validationAccuracy() != null) {
      parts.add("accuracy " + Format.score(trial.validationAccuracy()));
    }
    if (trial.lentBy() != null) {
      parts.add("score of trial " + trial.lentBy() + " (same function)");
    }
    String rung = trial.rung();
    Double proxy = rung == null ? null : trial.metricsOrNone().get(rung);
    if (proxy != null) {
      parts.add(rung + " " + Format.reward(proxy));
    } else if (trial.reward() != null && !trial.reward().equals(trial.validationAccuracy())) {
      parts.add("reward " + Format.reward(trial.reward()));
    }
  }
}
