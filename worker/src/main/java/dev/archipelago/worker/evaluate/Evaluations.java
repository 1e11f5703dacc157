package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.measure.DeviceMeter;
import dev.archipelago.worker.measure.LatencyProfiler;
import dev.archipelago.worker.measure.PeakMemory;
import dev.archipelago.worker.weights.WeightStore;
import dev.archipelago.worker.weights.WeightStores;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Every kind of evaluation, with what it needs. Used by the training thread alone. */
public final class Evaluations {
  private final Datasets datasets;
  private final WeightStores weights;
  private final LongSupplier nanoClock;
  private final DeviceMeter meter;
  private final PeakMemory memory = new PeakMemory();

  /** On a device that nobody watches. */
  public Evaluations(Datasets datasets, WeightStores weights, LongSupplier nanoClock) {
    this(datasets, weights, nanoClock, DeviceMeter.NONE);
  }

  /**
   * @param nanoClock a monotonic clock in nanoseconds, {@link System#nanoTime}
   * @param meter watches the engine's device
   */
  public Evaluations(
      Datasets datasets, WeightStores weights, LongSupplier nanoClock, DeviceMeter meter) {
    this.datasets = datasets;
    this.weights = weights;
    this.nanoClock = nanoClock;
    this.meter = meter;
  }

  /**
   * Runs one attempt.
   *
   * @param engine with the faults of a drill, where there is one
   * @param cancelled asked at every step
   * @throws dev.archipelago.worker.engine.EngineException with the attempt's failure
   * @throws dev.archipelago.worker.data.DatasetException if its data cannot be read
   * @throws java.util.concurrent.CancellationException if {@code cancelled} said so
   */
  public Measurement measure(
      Assignment assignment, Engine engine, ProgressReports reports, BooleanSupplier cancelled) {
    long begin = nanoClock.getAsLong();
    memory.reset();
    Job job = new Job(assignment, engine, meter, reports, cancelled);
    Findings findings = run(job).run(job, new Findings(assignment, engine, memory));
    return findings.measurement((nanoClock.getAsLong() - begin) * 1e-9);
  }

  private EvaluationRun run(Job job) {
    Evaluation evaluation = job.assignment().evaluation();
    SearchId search = job.assignment().trial().search();
    WeightStore store = weights.of(search, job.cancelled());
    LatencyProfiler profiler = new LatencyProfiler(nanoClock);
    if (evaluation instanceof Evaluation.Train train) {
      return new TrainingRun(
          train,
          datasets,
          profiler,
          new Checkpoints(store),
          new Heritage(new Tensors(store)),
          new Results(weights.networks(search, job.cancelled())));
    } else if (evaluation instanceof Evaluation.ZeroCost zeroCost) {
      return new ZeroCostRun(zeroCost.proxy(), datasets);
    } else if (evaluation instanceof Evaluation.Lent lent) {
      return new LentRun(lent, profiler);
    } else if (evaluation instanceof Evaluation.Command command) {
      return new CommandRun(command, datasets, nanoClock);
    } else if (evaluation instanceof Evaluation.Share share) {
      return new ShareRun(share, datasets, store);
    }
    throw Job.invalid("only simulated workers look results up in a table");
  }
}
