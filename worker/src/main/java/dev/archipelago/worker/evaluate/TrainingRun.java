package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Start;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Evaluator;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Trainer;
import dev.archipelago.worker.measure.Energy;
import dev.archipelago.worker.measure.LatencyProfiler;
import java.util.Map;

/**
 * Load, compile, grow, train, profile and, in the last stage, look at the test images: once, and
 * after everything that may fail.
 */
record TrainingRun(
    Evaluation.Train train,
    Datasets datasets,
    LatencyProfiler profiler,
    Checkpoints checkpoints,
    Heritage heritage,
    Results results)
    implements EvaluationRun {

  @Override
  public Findings run(Job job, Findings findings) {
    Assignment assignment = job.assignment();
    Examples examples = Examples.load(datasets, job);
    job.stopIfCancelled();
    try (Network network = job.compileForTraining()) {
      int before = begin(network, examples, job, findings);
      Trainer trainer =
          new Trainer(
              network,
              examples.training(),
              examples.validation(),
              assignment.training(),
              assignment.seed());
      Energy energy = Energy.from(job.meter());
      Trainer.Trained trained = train(trainer, before, network, job, findings);
      findings
          .compiled(network)
          .trained(trained)
          .energy(energy)
          .fellBack(assignment.training().precision(), network.fallbacks());
      job.stopIfCancelled();
      job.reports().finishing("measuring", trained);
      findings.latency(
          profiler.profile(network, examples.training().task(), assignment.profiling()));
      if (job.isFinal()) {
        findings.checkpoint(results.keep(network, examples, assignment));
        findings.test(
            Evaluator.test(network::infer, examples.test(), assignment.training().batchSize()));
      }
      return findings;
    }
  }

  /**
   * Puts the network where its training goes on.
   *
   * @return epochs that count as trained
   */
  private int begin(Network network, Examples examples, Job job, Findings findings) {
    if (train.start() instanceof Start.Continuation continuation) {
      return checkpoints.restore(network, continuation);
    }
    if (train.start() instanceof Start.Inheritance inheritance) {
      findings.metrics(Map.of("inherited", heritage.inherit(inheritance, network)));
      return inheritance.epochs();
    }
    if (train.start() instanceof Start.Growth growth) {
      double change = heritage.grow(growth, network, job, examples.training());
      findings.metrics(Map.of("logit-change", change));
    }
    return 0;
  }

  /** Trains, and keeps on the way, or at the end, what others will go on from. */
  private Trainer.Trained train(
      Trainer trainer, int before, Network network, Job job, Findings findings) {
    int until = train.until();
    if (train.heirs().isEmpty()) {
      Trainer.Trained trained = trainer.train(before, until, job.reports(), job.cancelled());
      if (until < job.assignment().training().epochs()) {
        findings.checkpoint(checkpoints.keep(network));
      }
      return trained;
    }
    int heirs = train.heirs().getAsInt();
    Trainer.Trained first = trainer.train(before, heirs, job.reports(), job.cancelled());
    findings.checkpoint(heritage.leave(network));
    return heirs == until
        ? first
        : first.then(trainer.train(heirs, until, job.reports(), job.cancelled()));
  }
}
