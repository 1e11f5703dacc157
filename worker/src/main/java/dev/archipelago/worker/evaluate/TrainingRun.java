package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Evaluator;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Trainer;
import dev.archipelago.worker.measure.LatencyProfiler;

/**
 * Load, compile, train, profile and, in the last stage, look at the test images: once, and after
 * everything that may fail.
 */
record TrainingRun(
    Evaluation.Train train, Datasets datasets, LatencyProfiler profiler, Checkpoints checkpoints)
    implements EvaluationRun {

  @Override
  public Findings run(Job job, Findings findings) {
    Assignment assignment = job.assignment();
    Examples examples = Examples.load(datasets, job);
    job.stopIfCancelled();
    try (Network network = job.compile()) {
      int trainedBefore = train.from().map(from -> checkpoints.restore(network, from)).orElse(0);
      Trainer.Trained trained =
          new Trainer(
                  network,
                  examples.training(),
                  examples.validation(),
                  assignment.training(),
                  assignment.seed())
              .train(trainedBefore, train.until(), job.reports(), job.cancelled());
      findings.compiled(network).trained(trained);
      job.stopIfCancelled();
      job.reports().finishing("measuring", trained);
      if (train.until() < assignment.training().epochs()) {
        findings.checkpoint(checkpoints.keep(network));
      }
      findings.latency(
          profiler.profile(network, examples.training().task(), assignment.profiling()));
      if (job.isFinal()) {
        findings.test(
            Evaluator.test(network::infer, examples.test(), assignment.training().batchSize()));
      }
      return findings;
    }
  }
}
