package dev.archipelago.worker.morph;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.worker.engine.Initializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A child's weights, and what is still to be done with them; a value, from {@link Net2Net}. */
public final class Grown {
  /** Of a batch norm, see {@link Layer.BatchNorm}. */
  static final double EPSILON = 1e-5;

  private static final String PROBE = "probe/node_";

  private final NetworkPlan parent;
  private final Map<String, float[]> trained;
  private final Map<String, float[]> weights;
  private final List<Identity> identities;
  private final List<Repeated> repeated;

  /**
   * A weight with more filters than the parent's.
   *
   * @param from where the first repeated filter begins
   */
  record Repeated(String weight, int from) {}

  /**
   * A new batch norm that must undo itself.
   *
   * @param origin the parent's node that gives what it reads
   * @param channels of that node, by the norm's channels
   */
  record Identity(String norm, int origin, List<Integer> channels) {}

  /** Per channel of a node: what a batch norm behind it computes. */
  record Moments(List<Double> mean, List<Double> variance) {}

  Grown(
      NetworkPlan parent,
      Map<String, float[]> trained,
      Map<String, float[]> weights,
      List<Identity> identities,
      List<Repeated> repeated) {
    this.parent = parent;
    this.trained = trained;
    this.weights = weights;
    this.identities = List.copyOf(identities);
    this.repeated = List.copyOf(repeated);
  }

  /**
   * The child's parameters and buffers in its plan's order. With running statistics they compute
   * what the parent computes; in training too where {@link #inserted} is empty.
   */
  public Map<String, float[]> weights() {
    return copy(weights);
  }

  /** The new batch norms whose scale and shift must be set from measured statistics. */
  public List<String> inserted() {
    return identities.stream().map(Identity::norm).toList();
  }

  Map<String, float[]> parentWeights() {
    return trained;
  }

  /** The nodes of the parent to measure, each once. */
  List<Integer> origins() {
    return identities.stream().map(Identity::origin).distinct().toList();
  }

  /**
   * The parent up to the nodes that are to be measured, with a batch norm behind each; empty where
   * there are none.
   */
  Optional<NetworkPlan> probe() {
    if (identities.isEmpty()) {
      return Optional.empty();
    }
    PlanBuilder plan = new PlanBuilder(parent.input());
    for (Node node : parent.nodes().subList(1, parent.nodes().size())) {
      plan.add(node.name(), node.layer(), node.inputs());
    }
    List<Integer> pooled = new ArrayList<>();
    for (int origin : origins()) {
      int norm = plan.add(probed(origin), new Layer.BatchNorm(), origin);
      pooled.add(plan.add(probed(origin) + "/pool", new Layer.GlobalAvgPool(), norm));
    }
    int joined = plan.concat("probe/joined", pooled);
    plan.add("probe/logits", new Layer.Linear(parent.classes()), joined);
    return Optional.of(plan.build());
  }

  /** The name of the batch norm behind a node. */
  static String probed(int origin) {
    return PROBE + origin;
  }

  /** The weights with every new batch norm undoing itself in training as well. */
  Map<String, float[]> settled(Map<Integer, Moments> measured) {
    Map<String, float[]> settled = weights();
    for (Identity identity : identities) {
      Moments moments = measured.get(identity.origin());
      if (moments == null) {
        throw new IllegalArgumentException("no statistics for " + identity.norm());
      }
      int channels = identity.channels().size();
      float[] scale = new float[channels];
      float[] shift = new float[channels];
      float[] variance = new float[channels];
      for (int i = 0; i < channels; i++) {
        int channel = identity.channels().get(i);
        variance[i] = moments.variance().get(channel).floatValue();
        scale[i] = (float) Math.sqrt(variance[i] + EPSILON);
        shift[i] = moments.mean().get(channel).floatValue();
      }
      settled.put(identity.norm() + ".weight", scale);
      settled.put(identity.norm() + ".bias", shift);
      settled.put(identity.norm() + Initializer.RUNNING_MEAN, shift.clone());
      settled.put(identity.norm() + Initializer.RUNNING_VARIANCE, variance);
    }
    return settled;
  }

  /**
   * Breaks the symmetry of repeated channels (arXiv:1511.05641, §2.2): without noise equal channels
   * would get equal gradients for ever. Changes the function, so whoever checks that it is
   * preserved does that before.
   *
   * @param settled the child's weights; not changed
   * @param scale the noise's largest size, over the root mean square of the weight that it is added
   *     to
   */
  public Map<String, float[]> noisy(Map<String, float[]> settled, double scale, long seed) {
    Map<String, float[]> noisy = copy(settled);
    for (int i = 0; i < repeated.size(); i++) {
      Repeated weight = repeated.get(i);
      float[] values = noisy.get(weight.weight());
      if (values == null) {
        throw new IllegalArgumentException("these weights lack " + weight.weight());
      }
      double size = scale * rootMeanSquare(values);
      SplitMix64 random = SplitMix64.of(seed, i);
      for (int j = weight.from(); j < values.length; j++) {
        values[j] += (float) (size * (2 * random.nextDouble() - 1));
      }
    }
    return noisy;
  }

  private static double rootMeanSquare(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  private static Map<String, float[]> copy(Map<String, float[]> weights) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    weights.forEach((name, values) -> copy.put(name, values.clone()));
    return copy;
  }
}
