package dev.archipelago.controller.search;

import dev.archipelago.controller.tabular.Entry;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.tabular.TestSet;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TestScore;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What training a network would have given, and how long it would have taken, by NAS-Bench-201.
 *
 * <p>In the stages SEARCH and RETRAIN the validation accuracy of a training on half of CIFAR-10's
 * training images; in FINAL the test accuracy of one on all of them, which takes twice as long.
 */
record TableEvaluation(Table table) {
  /** Of the half that is held out (arXiv:2001.00326, §2.2). */
  private static final int VALIDATION_IMAGES = 25_000;

  /** A trial on the simulated clock. */
  record Run(Outcome outcome, Duration duration) {}

  Run run(Assignment assignment) {
    Evaluation.Lookup lookup = (Evaluation.Lookup) assignment.evaluation();
    Optional<Entry> found = table.find(lookup.architecture());
    boolean last = assignment.stage() == Stage.FINAL;
    OptionalDouble accuracy =
        found.isEmpty()
            ? OptionalDouble.empty()
            : last ? found.get().test(TestSet.CIFAR10) : found.get().validation(lookup.until());
    if (accuracy.isEmpty()) {
      String message = "the table does not know it after %d epochs".formatted(lookup.until());
      return new Run(
          new Outcome.Failed(
              assignment.trial(),
              assignment.attempt(),
              new TrialFailure(Category.DATA, false, message)),
          Duration.ZERO);
    }
    double seconds = found.get().secondsPerEpoch() * lookup.until() * (last ? 2 : 1);
    return new Run(
        new Outcome.Completed(
            assignment.trial(),
            assignment.attempt(),
            measurement(found.get(), accuracy.getAsDouble(), last, seconds)),
        Duration.ofNanos(Math.round(seconds * 1e9)));
  }

  private static Measurement measurement(
      Entry entry, double accuracy, boolean last, double seconds) {
    Score score = new Score(accuracy, Double.NaN, last ? 0 : VALIDATION_IMAGES);
    return new Measurement(
        last ? Optional.empty() : Optional.of(score),
        last ? Optional.of(new TestScore(score, new BitSet())) : Optional.empty(),
        List.of(),
        List.of(),
        entry.params(),
        entry.flops(),
        seconds,
        0,
        0,
        "simulated",
        "table",
        seconds,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }
}
