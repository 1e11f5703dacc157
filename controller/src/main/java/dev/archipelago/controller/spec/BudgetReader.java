package dev.archipelago.controller.spec;

import dev.archipelago.controller.spec.SearchSpec.Budget;
import dev.archipelago.controller.spec.SearchSpec.Constraints;
import dev.archipelago.controller.spec.SearchSpec.Retraining;
import dev.archipelago.protocol.trial.Training;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code budget}, {@code constraints} and {@code retrain}: the limits of a search. */
final class BudgetReader {
  private static final Duration LONGEST = Duration.ofDays(3650);

  /** Of NAS-Bench-201's full training (arXiv:2001.00326, §2.2). */
  private static final int TABLE_EPOCHS = 200;

  private BudgetReader() {}

  static Budget budget(Section budget) {
    budget.require("trials", "how many networks to train, 20 for instance");
    int trials = budget.integer("trials", 1, 1, 1_000_000);
    Optional<Duration> time = time(budget, "time");
    Optional<Duration> deviceTime = time(budget, "device-time");
    budget.close();
    return new Budget(trials, time, deviceTime);
  }

  private static Optional<Duration> time(Section budget, String key) {
    return budget.isWord(key, "none")
        ? Optional.empty()
        : budget.duration(key, Duration.ofSeconds(1), LONGEST);
  }

  static Constraints constraints(Section constraints) {
    Constraints read = new Constraints(limit(constraints, "params"), limit(constraints, "flops"));
    constraints.close();
    return read;
  }

  static Retraining retraining(
      Section retrain, Evaluator evaluator, Training training, int trials) {
    int trialEpochs = training.epochs();
    int top = Math.min(trials, retrain.integer("top", Math.min(3, trials), 0, 100));
    int longer = Math.min(EvaluationReader.MOST_EPOCHS, Math.max(6, 5 * trialEpochs));
    int usual = evaluator instanceof Evaluator.Table ? TABLE_EPOCHS : longer;
    int epochs = retrain.integer("epochs", usual, 1, EvaluationReader.MOST_EPOCHS);
    int finalEpochs = retrain.integer("final-epochs", epochs, 1, EvaluationReader.MOST_EPOCHS);
    retrain.close();
    return new Retraining(top, epochs, finalEpochs);
  }

  private static OptionalLong limit(Section constraints, String key) {
    if (constraints.isWord(key, "none")) {
      return OptionalLong.empty();
    }
    return constraints
        .scalar(
            key,
            "an upper limit of at least 1, such as \"<= 200k\" (k, M and G are 10^3, 10^6, 10^9)",
            s ->
                Numbers.count(s.text().strip().replaceFirst("^<=\\s*", ""))
                    .filter(count -> count >= 1))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
