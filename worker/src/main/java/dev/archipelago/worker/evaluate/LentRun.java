package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.measure.LatencyProfiler;

/** Compiles and profiles; reads no data and trains nothing, since the score is known. */
record LentRun(Evaluation.Lent lent, LatencyProfiler profiler) implements EvaluationRun {

  @Override
  public Findings run(Job job, Findings findings) {
    Assignment assignment = job.assignment();
    job.check(assignment.dataset().task());
    try (Network network = job.compile()) {
      job.stopIfCancelled();
      job.reports().preparing("measuring");
      return findings
          .compiled(network)
          .validation(lent.validation())
          .latency(profiler.profile(network, assignment.dataset().task(), assignment.profiling()));
    }
  }
}
