package dev.archipelago.worker.agent;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.worker.data.DatasetException;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.FaultInjection;
import dev.archipelago.worker.evaluate.Evaluations;
import dev.archipelago.worker.evaluate.ProgressReports;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From an assignment to its outcome: what {@link Evaluations} measures, or why there is nothing.
 *
 * <p>A failure's message is cut so that it fits the wire.
 */
final class TrialRunner implements TrialRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrialRunner.class);
  private static final int MESSAGE_CHARACTERS = 4000;

  private final Engine engine;
  private final FaultInjection faults;
  private final Evaluations evaluations;
  private final LongSupplier nanoClock;

  TrialRunner(
      Engine engine, FaultInjection faults, Evaluations evaluations, LongSupplier nanoClock) {
    this.engine = engine;
    this.faults = faults;
    this.evaluations = evaluations;
    this.nanoClock = nanoClock;
  }

  @Override
  public Optional<Outcome> run(
      Assignment assignment, Consumer<Progress> progress, BooleanSupplier cancelled) {
    long begin = nanoClock.getAsLong();
    try {
      ProgressReports reports =
          new ProgressReports(
              new Attempt(assignment.trial(), assignment.attempt()),
              epochs(assignment),
              progress,
              nanoClock);
      Engine used = faults.on(engine, assignment.trial().number(), assignment.attempt());
      Measurement measurement = evaluations.measure(assignment, used, reports, cancelled);
      return Optional.of(
          new Outcome.Completed(assignment.trial(), assignment.attempt(), measurement));
    } catch (CancellationException e) {
      return Optional.empty();
    } catch (Exception | OutOfMemoryError | StackOverflowError | LinkageError e) {
      TrialFailure failure = failure(e).after((nanoClock.getAsLong() - begin) * 1e-9);
      LOG.info("{}, attempt {}: {}", assignment.trial(), assignment.attempt(), failure);
      return Optional.of(new Outcome.Failed(assignment.trial(), assignment.attempt(), failure));
    }
  }

  /** The epoch, or a round's step, at which the attempt ends; 0 where it trains none. */
  private static int epochs(Assignment assignment) {
    Evaluation evaluation = assignment.evaluation();
    if (evaluation instanceof Evaluation.Train train) {
      return train.until();
    }
    if (evaluation instanceof Evaluation.Share share) {
      return share.round().work().size();
    }
    return evaluation instanceof Evaluation.Command command ? command.until() : 0;
  }

  private static TrialFailure failure(Throwable error) {
    if (error instanceof EngineException refusal) {
      return cut(refusal.failure());
    }
    if (error instanceof DatasetException) {
      // Another worker may have the files.
      return cut(new TrialFailure(Category.DATA, true, String.valueOf(error.getMessage())));
    }
    if (error instanceof OutOfMemoryError) {
      return cut(
          new TrialFailure(
              Category.OUT_OF_MEMORY, false, "the Java heap is full: " + error.getMessage()));
    }
    LOG.warn("neither engine nor data should throw this", error);
    return cut(new TrialFailure(Category.INVALID_PLAN, false, error.toString()));
  }

  private static TrialFailure cut(TrialFailure failure) {
    return failure.message().length() <= MESSAGE_CHARACTERS
        ? failure
        : new TrialFailure(
            failure.category(),
            failure.retryable(),
            failure.message().substring(0, MESSAGE_CHARACTERS) + "...");
  }
}
