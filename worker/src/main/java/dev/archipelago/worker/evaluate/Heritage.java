package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Start;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.morph.BatchStatistics;
import dev.archipelago.worker.morph.Grown;
import dev.archipelago.worker.morph.Net2Net;
import java.util.Map;

/** Weights that networks leave to others, and those that they begin with. */
record Heritage(Tensors tensors) {
  private static final String WHAT = "weights of the network that this one grows from or inherits";

  /** Behind statistics of new batch norms. */
  private static final int BATCHES = 8;

  /** Keys of the generators that are derived from a training's seed; {@code Trainer} has 1. */
  private static final long STATISTICS = 2;

  private static final long NOISE = 3;

  /**
   * Weights of a grown network, ready to be trained.
   *
   * @param weights with noise
   * @param logitChange the largest difference of a logit between parent and child on one batch of
   *     training examples, before the noise
   */
  record Child(Map<String, float[]> weights, double logitChange) {}

  /**
   * What another network left.
   *
   * @throws dev.archipelago.worker.engine.EngineException DATA where it is not to be had
   */
  Map<String, float[]> of(String checkpoint) {
    return tensors.read(checkpoint, WHAT);
  }

  /**
   * Leaves a network to its heirs.
   *
   * @return the blob's SHA-256
   * @throws dev.archipelago.worker.engine.EngineException DATA where the store has no room for it
   */
  String leave(Network network) {
    return tensors.write(network.checkpoint(), network.parameters(), "weights for heirs");
  }

  /**
   * Grows the assignment's network out of its parent.
   *
   * @param examples to train on
   * @throws dev.archipelago.worker.engine.EngineException DATA where the parent's weights are not
   *     to be had, INVALID_PLAN where the parent cannot grow into this network
   */
  Child grow(Start.Growth growth, Job job, BatchSource examples) {
    job.reports().preparing("growing");
    Assignment assignment = job.assignment();
    NetworkPlan parent = growth.parent();
    Map<String, float[]> trained = of(growth.checkpoint());
    Grown grown;
    Map<String, float[]> settled;
    try {
      grown = Net2Net.grow(parent, assignment.plan(), trained, assignment.seed());
      settled =
          BatchStatistics.settle(
              grown,
              job.engine(),
              assignment.training().threads(),
              examples,
              SplitMix64.of(assignment.seed(), STATISTICS),
              assignment.training().batchSize(),
              BATCHES);
    } catch (IllegalArgumentException e) {
      throw Job.invalid("this network does not grow out of its parent: " + e.getMessage());
    }
    float[] before = logits(job, parent, trained, examples);
    float[] after = logits(job, assignment.plan(), settled, examples);
    long seed = SplitMix64.of(assignment.seed(), NOISE).nextLong();
    return new Child(grown.noisy(settled, growth.noise(), seed), largestChange(before, after));
  }

  /** Of the first batch of a pass, which is the same at each call. */
  private static float[] logits(
      Job job, NetworkPlan plan, Map<String, float[]> weights, BatchSource examples) {
    Assignment assignment = job.assignment();
    int size = Math.min(assignment.training().batchSize(), examples.size());
    Batch batch = new Batch(size, Math.toIntExact(examples.task().input().elements()));
    examples.begin(SplitMix64.of(assignment.seed(), STATISTICS));
    examples.next(batch);
    float[] logits = new float[size * plan.classes()]; // [N, classes]
    try (Network network =
        job.engine().compile(plan, assignment.seed(), assignment.training().threads())) {
      network.load(weights);
      network.infer(batch, logits);
    }
    return logits;
  }

  private static double largestChange(float[] before, float[] after) {
    double largest = 0;
    for (int i = 0; i < before.length; i++) {
      largest = Math.max(largest, Math.abs((double) before[i] - after[i]));
    }
    return largest;
  }
}
