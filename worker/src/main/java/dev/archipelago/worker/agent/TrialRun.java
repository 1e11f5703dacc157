package dev.archipelago.worker.agent;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.wire.ToController.Progress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs one attempt from beginning to end. Called on the training thread only. */
@FunctionalInterface
interface TrialRun {

  /**
   * Does not throw: whatever goes wrong is the attempt's outcome.
   *
   * @param progress told on the training thread, a few times a second
   * @param cancelled asked at every step
   * @return empty if it was cancelled
   */
  Optional<Outcome> run(
      Assignment assignment, Consumer<Progress> progress, BooleanSupplier cancelled);
}
