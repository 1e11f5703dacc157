package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Weights.Fresh;
import dev.archipelago.protocol.trial.Round.Weights.Stored;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.SharedNetwork;
import dev.archipelago.worker.measure.Energy;
import dev.archipelago.worker.weights.WeightStore;

/**
 * One round on shared weights: load, compile the supernet, take over the weights, work, keep them.
 * Blobs that the round releases go last, when nothing can fail any more.
 */
record ShareRun(Evaluation.Share share, Datasets datasets, WeightStore store)
    implements EvaluationRun {

  @Override
  public Findings run(Job job, Findings findings) {
    Assignment assignment = job.assignment();
    Round round = share.round();
    Examples examples = Examples.load(datasets, job);
    job.stopIfCancelled();
    job.reports().preparing("compiling");
    Supernet supernet = new Supernet(assignment.plan(), share.rows());
    long seed = round.weights() instanceof Fresh fresh ? fresh.seed() : 0;
    SharedBlobs blobs = new SharedBlobs(new Tensors(store));
    Training training = assignment.training();
    try (SharedNetwork network =
        job.engine().compileShared(supernet, seed, training.threads(), training.precision())) {
      blobs.begin(network, round.weights());
      findings.compiled(network.parameters());
      Energy energy = Energy.from(job.meter());
      new SharedWork(job, examples, network).run(round.work(), findings);
      findings.energy(energy).fellBack(training.precision(), network.fallbacks());
      job.stopIfCancelled();
      job.reports().preparing("keeping");
      findings.checkpoint(kept(round, blobs, network));
    }
    round.released().forEach(store::remove);
    return findings;
  }

  /** Scoring changes no weight: one blob is passed on as it is. */
  private static String kept(Round round, SharedBlobs blobs, SharedNetwork network) {
    return round.work() instanceof Round.Work.ScorePaths
            && round.weights() instanceof Stored stored
            && stored.blobs().size() == 1
        ? stored.blobs().get(0)
        : blobs.keep(network);
  }
}
