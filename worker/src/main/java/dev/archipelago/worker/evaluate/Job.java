package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.measure.DeviceMeter;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One attempt: what is asked for, and who is told of it.
 *
 * @param engine with the faults of a drill, where there is one
 * @param meter watches the engine's device
 * @param cancelled asked at every step
 */
record Job(
    Assignment assignment,
    Engine engine,
    DeviceMeter meter,
    ProgressReports reports,
    BooleanSupplier cancelled) {

  /** Whether test images are read, and nothing is held out. */
  boolean isFinal() {
    return assignment.stage() == Stage.FINAL;
  }

  /** The network with fresh weights, to be measured and not trained. */
  Network compile() {
    reports.preparing("compiling");
    return engine.compile(assignment.plan(), assignment.seed(), assignment.training().threads());
  }

  /** The network with fresh weights, to be trained. */
  Network compileForTraining() {
    reports.preparing("compiling");
    Training training = assignment.training();
    return engine.compile(
        assignment.plan(), assignment.seed(), training.threads(), training.precision());
  }

  /**
   * @throws CancellationException if nobody wants the outcome any more
   */
  void stopIfCancelled() {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("cancelled between two phases");
    }
  }

  /**
   * @throws EngineException INVALID_PLAN if the network is not for such data
   */
  void check(Task task) {
    NetworkPlan plan = assignment.plan();
    Task planned = new Task(plan.input(), plan.classes());
    if (!planned.equals(task)) {
      throw invalid(
          "the network is for %s, the data set %s is for %s"
              .formatted(planned, assignment.dataset().name(), task));
    }
  }

  static EngineException invalid(String message) {
    return new EngineException(new TrialFailure(Category.INVALID_PLAN, false, message));
  }
}
