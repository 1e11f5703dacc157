package dev.archipelago.worker.agent;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.wire.Fixtures;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains nothing: reports some progress, lets the test interfere, and gives the same measurement.
 */
final class ScriptedRun implements TrialRun {
  private final List<Attempt> ran = new ArrayList<>();
  private Runnable meanwhile = () -> {};

  /** What happens after the progress was reported and before the run looks whether to stop. */
  void meanwhile(Runnable action) {
    meanwhile = action;
  }

  /** The attempts so far, in order. */
  List<Attempt> ran() {
    return ran;
  }

  static Outcome outcome(Attempt attempt) {
    return new Outcome.Completed(attempt.trial(), attempt.number(), Fixtures.measurement());
  }

  static Progress progress(Attempt attempt) {
    return new Progress(attempt, "training", 1, 9, 1000, 2.5);
  }

  @Override
  public Optional<Outcome> run(
      Assignment assignment, Consumer<Progress> progress, BooleanSupplier cancelled) {
    Attempt attempt = new Attempt(assignment.trial(), assignment.attempt());
    ran.add(attempt);
    progress.accept(progress(attempt));
    meanwhile.run();
    return cancelled.getAsBoolean() ? Optional.empty() : Optional.of(outcome(attempt));
  }
}
