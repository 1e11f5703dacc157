package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.FailureDocument;
import dev.archipelago.deploy.client.TrialDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One finished trial on one line. */
final class TrialLine {
  private TrialLine() {}

  static String of(TrialDocument trial) {
    List<String> parts = new ArrayList<>();
    if (trial.validationAccuracy() != null) {
      parts.add("accuracy " + Format.score(trial.validationAccuracy()));
    }
    if (trial.reward() != null && !trial.reward().equals(trial.validationAccuracy())) {
      parts.add("reward " + Format.score(trial.reward()));
    }
    if (trial.params() != null) {
      parts.add(Format.count(trial.params()) + " parameters");
    }
    if (trial.latencyP50Micros() != null) {
      parts.add(Format.latency(trial.latencyP50Micros()));
    }
    if (trial.trainSeconds() != null) {
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
}
