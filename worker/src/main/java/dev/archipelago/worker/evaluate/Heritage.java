package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Start;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.morph.BatchStatistics;
import dev.archipelago.worker.morph.Grown;
import dev.archipelago.worker.morph.Net2Net;
import java.util.List;
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
   * Takes over from another network every parameter whose name and shape agree, and the statistics
   * of batch norms that have as many channels.
   *
   * @return the share of the network's parameters that were taken over
   * @throws dev.archipelago.worker.engine.EngineException DATA where that one's weights are not to
   *     be had
   */
  double inherit(Start.Inheritance inheritance, Network network) {
    List<Parameter> own = network.parameters();
    Map<String, float[]> agreeing = tensors.readAgreeing(inheritance.checkpoint(), own, WHAT);
    network.load(agreeing);
    return (double) own.stream().filter(p -> agreeing.containsKey(p.name())).count() / own.size();
  }

  /**
   * Leaves a network to its heirs, who begin without momentum.
   *
   * @return the blob's SHA-256
   * @throws dev.archipelago.worker.engine.EngineException DATA where the store has no room for it
   */
  String leave(Network network) {
    return tensors.write(network.weights(), network.parameters(), "weights for heirs");
  }

  /**
   * Grows the assignment's network out of its parent.
   *
   * @param network with fresh weights; afterwards ready to be trained
   * @param examples to train on
   * @return the largest difference of a logit between parent and child on one batch of training
   *     examples, before the noise
   * @throws dev.archipelago.worker.engine.EngineException DATA where the parent's weights are not
   *     to be had, INVALID_PLAN where the parent cannot grow into this network
   */
  double grow(Start.Growth growth, Network network, Job job, BatchSource examples) {
    job.reports().preparing("growing");
    Assignment assignment = job.assignment();
    NetworkPlan parent = growth.parent();
    int threads = assignment.training().threads();
    Map<String, float[]> trained = tensors.read(growth.checkpoint(), WHAT);
    Grown grown;
    Map<String, float[]> settled;
    try {
      grown = Net2Net.grow(parent, assignment.plan(), trained, assignment.seed());
      settled =
          BatchStatistics.settle(
              grown,
              job.engine(),
              threads,
              examples,
              SplitMix64.of(assignment.seed(), STATISTICS),
              assignment.training().batchSize(),
              BATCHES);
    } catch (IllegalArgumentException e) {
      throw Job.invalid("this network does not grow out of its parent: " + e.getMessage());
    }
    float[] before;
    try (Network grownUp = job.engine().compile(parent, assignment.seed(), threads)) {
      grownUp.load(trained);
      before = logits(grownUp, assignment, examples);
    }
    network.load(settled);
    double change = largestChange(before, logits(network, assignment, examples));
    long seed = SplitMix64.of(assignment.seed(), NOISE).nextLong();
    network.load(grown.noisy(settled, growth.noise(), seed));
    return change;
  }

  /** Of the first batch of a pass, which is the same at each call. */
  private static float[] logits(Network network, Assignment assignment, BatchSource examples) {
    int size = Math.min(assignment.training().batchSize(), examples.size());
    Batch batch = new Batch(size, Math.toIntExact(examples.task().input().elements()));
    examples.begin(SplitMix64.of(assignment.seed(), STATISTICS));
    examples.next(batch);
    float[] logits = new float[size * assignment.plan().classes()]; // [N, classes]
    network.infer(batch, logits);
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
