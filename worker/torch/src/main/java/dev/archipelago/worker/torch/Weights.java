package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.worker.engine.Initializer;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.ArrayList;
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
import org.bytedeco.pytorch.global.torch;

/**
 * A network's tensors by name, and the optimiser on them.
 *
 * <p>All parameters are views into one vector, their gradients into a second of the same layout, so
 * that a step of the optimiser is a handful of operations on whole vectors however many layers
 * there are. Convolution weights [O, I, H, W] lie in memory as [O, H, W, I], which is what
 * channels-last kernels read.
 */
final class Weights {
  private final Tensor values; // [P]
  private final Tensor gradients; // [P]
  private final Tensor velocity; // [P]
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> all = new LinkedHashMap<>(); // and buffers, in the plan's order
  private final Map<String, Tensor> state = new LinkedHashMap<>(); // and momentum after those

  /** Allocates zeros; call it in the scope that shall own the tensors. */
  Weights(NetworkPlan plan, TensorOptions options) {
    long total = plan.parameters().stream().mapToLong(Parameter::elements).sum();
    this.values = torch.zeros(new long[] {total}, options);
    this.gradients = torch.zeros(new long[] {total}, options);
    this.velocity = torch.zeros(new long[] {total}, options);
    Map<String, Tensor> momentum = new LinkedHashMap<>();
    long offset = 0;
    for (Parameter parameter : plan.parameters()) {
      long[] sizes = parameter.dimensions().stream().mapToLong(Integer::longValue).toArray();
      Tensor tensor = view(values, sizes, offset).data(); // a leaf of its own, same memory
      tensor.set_requires_grad(true);
      tensor.mutable_grad().put(view(gradients, sizes, offset)); // backward adds in place
      parameters.put(parameter.name(), tensor);
      momentum.put(parameter.name() + Network.MOMENTUM, view(velocity, sizes, offset));
      offset += parameter.elements();
    }
    List<List<Parameter>> byNode = plan.parametersByNode();
    for (int i = 0; i < byNode.size(); i++) {
      NetworkPlan.Node node = plan.nodes().get(i);
      for (Parameter parameter : byNode.get(i)) {
        all.put(parameter.name(), parameters.get(parameter.name()));
      }
      if (node.layer() instanceof Layer.BatchNorm) {
        long[] channels = {get(node.name() + ".weight").numel()};
        all.put(node.name() + Initializer.RUNNING_MEAN, torch.zeros(channels, options));
        all.put(node.name() + Initializer.RUNNING_VARIANCE, torch.zeros(channels, options));
      }
    }
    state.putAll(all);
    state.putAll(momentum);
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

  void clearGradients() {
    gradients.zero_();
  }

  /**
   * Momentum SGD as torch.optim has it: g = clipped gradient + decay * w; v = momentum * v + g; w
   * -= rate * v.
   */
  void update(Sgd sgd) {
    double scale = sgd.gradientClip() > 0 ? clipping(sgd.gradientClip()) : 1;
    if (sgd.momentum() == 0) {
      velocity.zero_();
    } else {
      velocity.mul_(new Scalar(sgd.momentum()));
    }
    velocity.add_(gradients, new Scalar(scale));
    if (sgd.weightDecay() != 0) {
      velocity.add_(values, new Scalar(sgd.weightDecay()));
    }
    values.add_(velocity, new Scalar(-sgd.learningRate()));
  }

  /** The factor that brings the gradient's norm to the limit, at most 1. NaN stays NaN. */
  private double clipping(double limit) {
    double norm = gradients.norm().item_double();
    return norm <= limit ? 1 : limit / norm;
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
            tensor.cpu().contiguous().data_ptr_float().get(copy);
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
