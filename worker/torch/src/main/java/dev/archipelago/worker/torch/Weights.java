package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Initializer;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network's tensors by name, and the optimiser on them.
 *
 * <p>All parameters are views into one vector, their gradients into a second of the same layout, so
 * that a step of the optimiser is a handful of operations on whole vectors however many layers
 * there are; what batch norms remember is another. Convolution weights [O, I, H, W] lie in memory
 * as [O, H, W, I], which is what channels-last kernels read.
 */
final class Weights {
  private final Tensor values; // [P]
  private final Tensor gradients; // [P]
  private final Tensor velocity; // [P]
  private final Tensor statistics; // means and variances of all batch norms
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final List<Tensor> leaves = new ArrayList<>(); // the parameters in their order
  private final List<Tensor> windows = new ArrayList<>(); // into the values, unseen by autograd
  private final List<Tensor> speeds = new ArrayList<>(); // windows into the velocity
  private final long[] offsets; // by parameter, and the end of the last
  private final Map<String, Tensor> all = new LinkedHashMap<>(); // and buffers, in the plan's order
  private final Map<String, Tensor> state = new LinkedHashMap<>(); // and momentum after those

  /** Allocates zeros; call it in the scope that shall own the tensors. */
  Weights(NetworkPlan plan, TensorOptions options) {
    long total = plan.parameters().stream().mapToLong(Parameter::elements).sum();
    this.values = torch.zeros(new long[] {total}, options);
    this.gradients = torch.zeros(new long[] {total}, options);
    this.velocity = torch.zeros(new long[] {total}, options);
    this.offsets = new long[plan.parameters().size() + 1];
    Map<String, Tensor> momentum = new LinkedHashMap<>();
    long offset = 0;
    for (Parameter parameter : plan.parameters()) {
      long[] sizes = parameter.dimensions().stream().mapToLong(Integer::longValue).toArray();
      Tensor window = view(values, sizes, offset);
      Tensor tensor = window.data(); // a leaf of its own, same memory
      tensor.set_requires_grad(true);
      tensor.mutable_grad().put(view(gradients, sizes, offset)); // backward adds in place
      parameters.put(parameter.name(), tensor);
      Tensor speed = view(velocity, sizes, offset);
      momentum.put(parameter.name() + Network.MOMENTUM, speed);
      leaves.add(tensor);
      windows.add(window);
      speeds.add(speed);
      offset += parameter.elements();
      offsets[leaves.size()] = offset;
    }
    List<List<Parameter>> byNode = plan.parametersByNode();
    List<Shape> shapes = plan.shapes();
    long normalised = 0; // channels
    for (int i = 0; i < byNode.size(); i++) {
      normalised += remembers(plan.nodes().get(i)) ? shapes.get(i).channels() : 0;
    }
    this.statistics = torch.zeros(new long[] {2 * normalised}, options);
    long at = 0;
    for (int i = 0; i < byNode.size(); i++) {
      NetworkPlan.Node node = plan.nodes().get(i);
      for (Parameter parameter : byNode.get(i)) {
        all.put(parameter.name(), parameters.get(parameter.name()));
      }
      if (remembers(node)) {
        long channels = shapes.get(i).channels();
        all.put(node.name() + Initializer.RUNNING_MEAN, statistics.narrow(0, at, channels));
        at += channels;
        all.put(node.name() + Initializer.RUNNING_VARIANCE, statistics.narrow(0, at, channels));
        at += channels;
      }
    }
    state.putAll(all);
    state.putAll(momentum);
  }

  private static boolean remembers(NetworkPlan.Node node) {
    return node.layer() instanceof Layer.BatchNorm || node.layer() instanceof Layer.Standardize;
  }

  private static Tensor view(Tensor vector, long[] sizes, long offset) {
    return vector.as_strided(sizes, strides(sizes), new LongOptional(offset));
  }

  private static long[] strides(long[] sizes) {
    return switch (sizes.length) {
      case 1 -> new long[] {1};
      case 2 -> new long[] {sizes[1], 1};
      case 4 -> new long[] {sizes[1] * sizes[2] * sizes[3], 1, sizes[3] * sizes[1], sizes[1]};
      default -> throw new IllegalArgumentException(sizes.length + " dimensions");
    };
  }

  /** A parameter or buffer. */
  Tensor get(String name) {
    Tensor tensor = all.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return tensor;
  }

  List<Parameter> parameters() {
    List<Parameter> seen = new ArrayList<>();
    parameters.forEach(
        (name, tensor) -> {
          List<Integer> dimensions = new ArrayList<>();
          for (int i = 0; i < tensor.dim(); i++) {
            dimensions.add(Math.toIntExact(tensor.size(i)));
          }
          seen.add(new Parameter(name, dimensions));
        });
    return seen;
  }

  /** Of the last backward pass; zeros before the first. */
  Tensor gradient(String name) {
    return get(name).grad();
  }

  /** All of them: what {@link #update} and others take for a set of parameters. */
  BitSet everything() {
    BitSet all = new BitSet();
    all.set(0, leaves.size());
    return all;
  }

  /** The parameters of a set, in their order. */
  List<Tensor> leaves(BitSet used) {
    return used.stream().mapToObj(leaves::get).toList();
  }

  /** A copy of all parameters' values, for {@link #reset}. */
  Tensor values() {
    return values.clone();
  }

  /** Puts all parameters back to a copy, bit for bit. Graphs that were made with them stay good. */
  void reset(Tensor copy) {
    values.copy_(copy);
  }

  /** A copy of all parameters' momentum, for {@link #resetVelocity}. */
  Tensor velocity() {
    return velocity.clone();
  }

  void resetVelocity(Tensor copy) {
    velocity.copy_(copy);
  }

  /** A copy of what all batch norms remember, for {@link #resetStatistics}. */
  Tensor statistics() {
    return statistics.clone();
  }

  void resetStatistics(Tensor copy) {
    statistics.copy_(copy);
  }

  /** w += by * direction, for the parameters of a set and directions in their order. */
  void move(BitSet used, List<Tensor> directions, double by) {
    Iterator<Tensor> direction = directions.iterator();
    used.stream().forEach(i -> windows.get(i).add_(direction.next(), new Scalar(by)));
  }

  /**
   * The step that {@link #update} would do with these gradients and without clipping, on the values
   * alone: w -= rate * (momentum * v + g + decay * w).
   */
  void unroll(BitSet used, List<Tensor> gradients, Sgd sgd) {
    used.stream()
        .forEach(
            i -> {
              Tensor window = windows.get(i);
              window.mul_(new Scalar(1 - sgd.learningRate() * sgd.weightDecay()));
              window.add_(speeds.get(i), new Scalar(-sgd.learningRate() * sgd.momentum()));
            });
    move(used, gradients, -sgd.learningRate());
  }

  /** Of a set of parameters; call it before a backward pass that uses them. */
  void clearGradients(BitSet used) {
    for (Tensor run : runs(gradients, used)) {
      run.zero_();
    }
  }

  /** Of a set of parameters together. */
  double gradientNorm(BitSet used) {
    return norm(runs(gradients, used));
  }

  /**
   * Momentum SGD as torch.optim has it: g = clipped gradient + decay * w; v = momentum * v + g; w
   * -= rate * v. Only for a set of parameters; neighbours among them are done at once.
   *
   * @param norm their {@link #gradientNorm}; not read where nothing is clipped
   */
  void update(Sgd sgd, BitSet used, double norm) {
    List<Tensor> gradient = runs(gradients, used);
    List<Tensor> value = runs(values, used);
    List<Tensor> speed = runs(velocity, used);
    double scale = sgd.gradientClip() > 0 ? clipping(norm, sgd.gradientClip()) : 1;
    for (int i = 0; i < gradient.size(); i++) {
      Tensor v = speed.get(i);
      if (sgd.momentum() == 0) {
        v.zero_();
      } else {
        v.mul_(new Scalar(sgd.momentum()));
      }
      v.add_(gradient.get(i), new Scalar(scale));
      if (sgd.weightDecay() != 0) {
        v.add_(value.get(i), new Scalar(sgd.weightDecay()));
      }
      value.get(i).add_(v, new Scalar(-sgd.learningRate()));
    }
  }

  /** A vector's windows on a set of parameters, one for each run of neighbours. */
  private List<Tensor> runs(Tensor vector, BitSet used) {
    if (used.cardinality() == leaves.size()) {
      return List.of(vector);
    }
    List<Tensor> runs = new ArrayList<>();
    int from = used.nextSetBit(0);
    while (from >= 0) {
      int to = used.nextClearBit(from);
      runs.add(vector.narrow(0, offsets[from], offsets[to] - offsets[from]));
      from = used.nextSetBit(to);
    }
    return runs;
  }

  /** The factor that brings the gradient's norm to the limit, at most 1. NaN stays NaN. */
  private static double clipping(double norm, double limit) {
    return norm <= limit ? 1 : limit / norm;
  }

  /** Of all the tensors together. */
  static double norm(List<Tensor> tensors) {
    Tensor[] norms = tensors.stream().map(Tensor::norm).toArray(Tensor[]::new);
    return norms.length == 1
        ? norms[0].item_double()
        : torch.stack(new TensorVector(norms)).norm().item_double();
  }

  Map<String, float[]> copy() {
    return copy(all);
  }

  /** Parameters, buffers and momentum. */
  Map<String, float[]> checkpoint() {
    return copy(state);
  }

  private static Map<String, float[]> copy(Map<String, Tensor> tensors) {
    Map<String, float[]> copies = new LinkedHashMap<>();
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      tensors.forEach(
          (name, tensor) -> {
            float[] copy = new float[Math.toIntExact(tensor.numel())];
            tensor.to(ScalarType.Float).cpu().contiguous().data_ptr_float().get(copy);
            copies.put(name, copy);
          });
    }
    return copies;
  }

  /** Copies what fits by name and size; gives the number of tensors copied. */
  int load(Map<String, float[]> weights) {
    return load(weights, all);
  }

  /** Copies all of a checkpoint, or nothing if it is another network's. */
  boolean restore(Map<String, float[]> checkpoint) {
    boolean fits =
        checkpoint.keySet().equals(state.keySet())
            && checkpoint.entrySet().stream()
                .allMatch(
                    entry -> {
                      Tensor own = state.get(entry.getKey());
                      return own != null && own.numel() == entry.getValue().length;
                    });
    return fits && load(checkpoint, state) == state.size();
  }

  private static int load(Map<String, float[]> weights, Map<String, Tensor> targets) {
    int copied = 0;
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      for (Map.Entry<String, float[]> entry : weights.entrySet()) {
        Tensor target = targets.get(entry.getKey());
        if (target != null && target.numel() == entry.getValue().length) {
          FloatPointer source = new FloatPointer(entry.getValue());
          target.copy_(torch.from_blob(source, target.sizes().vec().get()));
          copied++;
        }
      }
    }
    return copied;
  }
}
