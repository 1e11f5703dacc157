package dev.archipelago.worker.agent;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Latency;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TestScore;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.worker.data.Dataset;
import dev.archipelago.worker.data.DatasetException;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.data.EvaluationBatches;
import dev.archipelago.worker.data.Normalization;
import dev.archipelago.worker.data.Splits;
import dev.archipelago.worker.data.TrainingBatches;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Evaluator;
import dev.archipelago.worker.engine.FaultInjection;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Trainer;
import dev.archipelago.worker.measure.LatencyProfiler;
import dev.archipelago.worker.measure.PeakMemory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From an assignment to its outcome: load, split, compile, train, evaluate, profile.
 *
 * <p>Test images are read in stage FINAL only, once, after the training. A failure's message is cut
 * so that it fits the wire.
 */
final class TrialRunner implements TrialRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrialRunner.class);
  private static final int MESSAGE_CHARACTERS = 4000;

  private final Engine engine;
  private final FaultInjection faults;
  private final Datasets datasets;
  private final LongSupplier nanoClock;
  private final PeakMemory memory = new PeakMemory();

  TrialRunner(Engine engine, FaultInjection faults, Datasets datasets, LongSupplier nanoClock) {
    this.engine = engine;
    this.faults = faults;
    this.datasets = datasets;
    this.nanoClock = nanoClock;
  }

  @Override
  public Optional<Outcome> run(
      Assignment assignment, Consumer<Progress> progress, BooleanSupplier cancelled) {
    try {
      ProgressReports reports =
          new ProgressReports(
              new Attempt(assignment.trial(), assignment.attempt()),
              assignment.training().epochs(),
              progress,
              nanoClock);
      Measurement measurement = measure(assignment, reports, cancelled);
      return Optional.of(
          new Outcome.Completed(assignment.trial(), assignment.attempt(), measurement));
    } catch (CancellationException e) {
      return Optional.empty();
    } catch (Exception | OutOfMemoryError | StackOverflowError | LinkageError e) {
      TrialFailure failure = failure(e);
      LOG.info("{}, attempt {}: {}", assignment.trial(), assignment.attempt(), failure);
      return Optional.of(new Outcome.Failed(assignment.trial(), assignment.attempt(), failure));
    }
  }

  private Measurement measure(
      Assignment assignment, ProgressReports reports, BooleanSupplier cancelled) {
    long begin = nanoClock.getAsLong();
    reports.preparing("loading");
    memory.reset();
    Dataset dataset = datasets.load(assignment.dataset());
    check(assignment, dataset.task());
    Splits splits = Splits.of(dataset.train(), assignment.dataset().limit(), assignment.split());
    boolean last = assignment.stage() == Stage.FINAL;
    int[] training = last ? splits.both() : splits.training();
    Normalization normalization = Normalization.of(dataset.train(), training);
    BatchSource examples =
        new TrainingBatches(
            dataset.train(), training, normalization, assignment.training().augmentation());
    Optional<BatchSource> validation =
        last
            ? Optional.empty()
            : Optional.of(
                new EvaluationBatches(dataset.train(), splits.validation(), normalization));
    stopIf(cancelled);
    reports.preparing("compiling");
    try (Network network = compile(assignment)) {
      Trainer.Trained trained =
          new Trainer(network, examples, validation, assignment.training(), assignment.seed())
              .train(reports, cancelled);
      stopIf(cancelled);
      reports.finishing("measuring", trained);
      List<Latency> latency =
          new LatencyProfiler(nanoClock).profile(network, dataset.task(), assignment.profiling());
      // Last of all: whatever fails before it has seen no test image.
      Optional<TestScore> test =
          last ? Optional.of(test(network, dataset, normalization, assignment)) : Optional.empty();
      return new Measurement(
          lastScore(trained),
          test,
          trained.curve(),
          latency,
          network.parameters().stream().mapToLong(Parameter::elements).sum(),
          PlanCost.of(assignment.plan()).flops(),
          trained.seconds(),
          trained.imagesPerSecond(),
          memory.bytes(),
          engine.device(),
          engine.name(),
          (nanoClock.getAsLong() - begin) * 1e-9,
          Map.of(),
          Optional.empty());
    }
  }

  private static void check(Assignment assignment, Task task) {
    Task planned = new Task(assignment.plan().input(), assignment.plan().classes());
    if (!planned.equals(task)) {
      throw new EngineException(
          new TrialFailure(
              Category.INVALID_PLAN,
              false,
              "the network is for %s, the data set %s is for %s"
                  .formatted(planned, assignment.dataset().name(), task)));
    }
  }

  private Network compile(Assignment assignment) {
    return faults
        .on(engine, assignment.trial().number(), assignment.attempt())
        .compile(assignment.plan(), assignment.seed(), assignment.training().threads());
  }

  private static TestScore test(
      Network network, Dataset dataset, Normalization normalization, Assignment assignment) {
    return Evaluator.test(
        network,
        new EvaluationBatches(dataset.test(), normalization),
        assignment.training().batchSize());
  }

  private static Optional<Score> lastScore(Trainer.Trained trained) {
    return trained.curve().get(trained.curve().size() - 1).validation();
  }

  private static void stopIf(BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("cancelled between two phases");
    }
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
