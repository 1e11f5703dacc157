package dev.archipelago.worker.morph;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Initializer;
import dev.archipelago.worker.engine.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets a child's new batch norms from what they will see in training.
 *
 * <p>A batch norm in training divides by its batch's statistics, whatever its running ones say. So
 * the parent, with a probing batch norm behind each node that a new one reads, takes training steps
 * at a learning rate of 0: the probes' running statistics, started at 0, are then the batches' own,
 * the latest weighing most, and every other norm has computed as it will in training.
 *
 * <p>What holds: with running statistics the child computes what its parent computes, exactly
 * whatever was measured. In training it does on a batch that alone was measured, and on others up
 * to how far their statistics differ from the measured ones. <b>Checked by:</b> {@code
 * Net2NetTest}.
 */
public final class BatchStatistics {
  private static final double MOMENTUM = 0.1; // of a batch norm, see Layer.BatchNorm
  private static final Network.Sgd STILL = new Network.Sgd(0, 0, 0, 0);

  private BatchStatistics() {}

  /**
   * The child's weights, ready to be trained.
   *
   * @param examples to train on; a pass is begun and left
   * @param random of the pass
   * @param batches to measure, at least 1; at most the pass is measured
   * @throws IllegalArgumentException if the examples do not fill a batch with two images
   */
  public static Map<String, float[]> settle(
      Grown grown,
      Engine engine,
      int threads,
      BatchSource examples,
      SplitMix64 random,
      int batchSize,
      int batches) {
    NetworkPlan probe = grown.probe().orElse(null);
    if (probe == null) {
      return grown.weights();
    }
    try (Network network = engine.compile(probe, 0, threads)) {
      network.load(grown.parentWeights());
      network.load(zeros(grown, probe));
      int size = Math.min(batchSize, examples.size());
      Batch batch = new Batch(size, Math.toIntExact(examples.task().input().elements()));
      examples.begin(random);
      int measured = 0;
      while (measured < batches && examples.next(batch) && batch.size() == size) {
        network.step(batch, STILL);
        measured++;
      }
      if (measured == 0 || size < 2) {
        throw new IllegalArgumentException("no batch of two images to measure statistics on");
      }
      return grown.settled(moments(grown, probe, network.weights(), size, measured));
    }
  }

  private static Map<String, float[]> zeros(Grown grown, NetworkPlan probe) {
    Map<String, float[]> zeros = new LinkedHashMap<>();
    for (int origin : grown.origins()) {
      int channels = shape(probe, Grown.probed(origin)).channels();
      zeros.put(Grown.probed(origin) + Initializer.RUNNING_MEAN, new float[channels]);
      zeros.put(Grown.probed(origin) + Initializer.RUNNING_VARIANCE, new float[channels]);
    }
    return zeros;
  }

  private static Map<Integer, Grown.Moments> moments(
      Grown grown, NetworkPlan probe, Map<String, float[]> weights, int images, int batches) {
    double share = 1 - Math.pow(1 - MOMENTUM, batches); // what the start at 0 has left
    Map<Integer, Grown.Moments> moments = new HashMap<>();
    for (int origin : grown.origins()) {
      String name = Grown.probed(origin);
      Shape shape = shape(probe, name);
      double values = (double) images * shape.height() * shape.width();
      // running variances divide by n - 1, a batch norm in training by n
      double biased = (values - 1) / values;
      moments.put(
          origin,
          new Grown.Moments(
              scaled(weights, name + Initializer.RUNNING_MEAN, 1 / share),
              scaled(weights, name + Initializer.RUNNING_VARIANCE, biased / share)));
    }
    return moments;
  }

  private static List<Double> scaled(Map<String, float[]> weights, String name, double factor) {
    float[] values = weights.get(name);
    if (values == null) {
      throw new IllegalStateException("the engine has no " + name);
    }
    List<Double> scaled = new ArrayList<>();
    for (float value : values) {
      scaled.add(value * factor);
    }
    return scaled;
  }

  private static Shape shape(NetworkPlan plan, String name) {
    List<Node> nodes = plan.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(name)) {
        return plan.shapes().get(i);
      }
    }
    throw new IllegalArgumentException("no node " + name);
  }
}
