package dev.archipelago.worker.trained;

import dev.archipelago.protocol.space.NetworkPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained network, free of any engine's types.
 *
 * @param weights of all parameters and buffers under the plan's names
 * @param normalization what its examples are brought to mean 0 and deviation 1 by
 * @param probe how its engine classified some of them
 * @param origin where it comes from, by key, for people: {@code dataset}, {@code search}, {@code
 *     trial}
 */
public record TrainedNetwork(
    NetworkPlan plan,
    Map<String, float[]> weights,
    Scaling normalization,
    Probe probe,
    Map<String, String> origin) {

  public TrainedNetwork {
    weights = Map.copyOf(weights);
    origin = Map.copyOf(origin);
  }

  /** The same, with another word of where it comes from. */
  public TrainedNetwork from(String key, String value) {
    Map<String, String> more = new HashMap<>(origin);
    more.put(key, value);
    return new TrainedNetwork(plan, weights, normalization, probe, more);
  }

  /**
   * (x - mean) / deviation, channel by channel or column by column; x is pixel / 255 of an image,
   * the number itself of a table. Both are empty where the examples are no quantities.
   */
  public record Scaling(List<Double> mean, List<Double> deviation) {
    public Scaling {
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
      if (mean.size() != deviation.size()) {
        throw new IllegalArgumentException(
            mean.size() + " means, " + deviation.size() + " deviations");
      }
    }
  }

  /**
   * Examples and what the network made of them, so that whoever carries it to another engine can
   * see whether it is still the same network. Its arrays are not copied: they are nobody's to
   * change.
   */
  public static final class Probe {
    private final int size;
    private final float[] inputs; // [N, C, H, W]
    private final float[] logits; // [N, classes]

    /**
     * @param inputs scaled, [N, C, H, W] row by row
     * @param logits [N, classes] row by row
     */
    public Probe(int size, float[] inputs, float[] logits) {
      this.size = size;
      this.inputs = inputs;
      this.logits = logits;
    }

    /** How many examples. */
    public int size() {
      return size;
    }

    public float[] inputs() {
      return inputs;
    }

    public float[] logits() {
      return logits;
    }

    /**
     * The largest difference of a logit, in units of 1 + |logit|; NaN where one is.
     *
     * @param others [N, classes] row by row
     */
    public double largestChange(float[] others) {
      if (others.length != logits.length) {
        throw new IllegalArgumentException(others.length + " logits, not " + logits.length);
      }
      double largest = 0;
      for (int i = 0; i < logits.length; i++) {
        double change = Math.abs((double) others[i] - logits[i]) / (1 + Math.abs(logits[i]));
        largest = Math.max(largest, change); // NaN stays NaN
      }
      return largest;
    }
  }
}
