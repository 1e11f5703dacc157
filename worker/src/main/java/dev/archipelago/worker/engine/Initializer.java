package dev.archipelago.worker.engine;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fresh weights, the same for every engine: a network's start depends on its plan and a seed, and
 * on no library's generator.
 *
 * <p>Convolutions: normal with variance 2 / fan-in (He et al. 2015, arXiv:1502.01852, Eq. 10).
 * Dense layers: variance 1 / fan-in, since no rectifier follows a classifier. Biases start at 0, a
 * batch norm at scale 1, shift 0, running mean 0 and running variance 1. Embeddings: variance 1.
 * Recurrent layers, biases too: uniform within 1 / sqrt(units) of 0; both as torch has them.
 * <b>Checked by:</b> {@code InitializerTest}.
 */
public final class Initializer {
  private Initializer() {}

  /** The running mean of a batch norm, a buffer beside its parameters. */
  public static final String RUNNING_MEAN = ".running_mean";

  /** The running variance of a batch norm, a buffer beside its parameters. */
  public static final String RUNNING_VARIANCE = ".running_var";

  /** Values of all parameters and buffers by name, in the plan's order. */
  public static Map<String, float[]> weights(NetworkPlan plan, long seed) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    List<List<Parameter>> byNode = plan.parametersByNode();
    List<Shape> shapes = plan.shapes();
    for (int i = 0; i < byNode.size(); i++) {
      NetworkPlan.Node node = plan.nodes().get(i);
      List<Parameter> own = byNode.get(i);
      if (node.layer() instanceof Layer.BatchNorm) {
        int channels = own.get(0).dimensions().get(0);
        weights.put(own.get(0).name(), filled(channels, 1));
        weights.put(own.get(1).name(), new float[channels]);
        weights.put(node.name() + RUNNING_MEAN, new float[channels]);
        weights.put(node.name() + RUNNING_VARIANCE, filled(channels, 1));
      } else if (node.layer() instanceof Layer.Standardize) {
        int channels = shapes.get(i).channels();
        weights.put(node.name() + RUNNING_MEAN, new float[channels]);
        weights.put(node.name() + RUNNING_VARIANCE, filled(channels, 1));
      } else {
        for (Parameter parameter : own) {
          SplitMix64 random = SplitMix64.of(seed, weights.size());
          weights.put(parameter.name(), fresh(node.layer(), parameter, random));
        }
      }
    }
    return weights;
  }

  private static float[] fresh(Layer layer, Parameter parameter, SplitMix64 random) {
    int size = Math.toIntExact(parameter.elements());
    if (layer instanceof Layer.Recurrent recurrent) {
      return uniform(size, 1 / StrictMath.sqrt(recurrent.units()), random);
    }
    if (layer instanceof Layer.Embedding) {
      return normal(size, 1, random);
    }
    if (parameter.dimensions().size() == 1) {
      return new float[size]; // a bias
    }
    double gain = layer instanceof Layer.Conv ? 2 : 1;
    int fanIn = size / parameter.dimensions().get(0);
    return normal(size, StrictMath.sqrt(gain / fanIn), random);
  }

  private static float[] uniform(int size, double bound, SplitMix64 random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  /** Normal numbers by the polar method, two at a time (Marsaglia and Bray 1964). */
  private static float[] normal(int size, double deviation, SplitMix64 random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i += 2) {
      double x;
      double y;
      double square;
      do {
        x = 2 * random.nextDouble() - 1;
        y = 2 * random.nextDouble() - 1;
        square = x * x + y * y;
      } while (square >= 1 || square == 0);
      double scale = deviation * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      values[i] = (float) (x * scale);
      if (i + 1 < size) {
        values[i + 1] = (float) (y * scale);
      }
    }
    return values;
  }

  private static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }
}
