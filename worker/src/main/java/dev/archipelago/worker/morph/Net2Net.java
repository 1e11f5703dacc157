package dev.archipelago.worker.morph;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Initializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Function-preserving growth (Chen, Goodfellow and Shlens 2016, arXiv:1511.05641): a child network
 * that computes what its trained parent computes.
 *
 * <p><b>Net2WiderNet</b> (§2.2): a layer with more channels repeats some of the parent's, chosen at
 * random, and whoever reads them divides by the number of their copies. Layers that are tied by
 * sums or work channel by channel repeat the same ones, see {@link ChannelMaps}. A larger kernel is
 * the parent's within a border of zeros, exact since the padding grows with it.
 *
 * <p><b>Net2DeeperNet</b> (§2.3): a new convolution, batch norm and ReLU get an identity kernel and
 * the scale and shift that undo the norm; the ReLU must stand where nothing is negative. They undo
 * it with running statistics at once, and in training only if set from measured ones: see {@link
 * BatchStatistics}. A new residual block is cut off by a scale of 0 at its last norm (Goyal et al.
 * 2017, arXiv:1706.02677, §5.1), which holds with any statistics: the sum is the shortcut, and a
 * ReLU after it, as in a ResNet, changes nothing, since the shortcut comes out of a ReLU itself; an
 * inverted residual has none. The scale's gradient is not 0, and training opens the branch.
 *
 * <p><b>Departs:</b> a new residual block is not in the paper, which has no shortcuts; noise is a
 * step of its own, {@link Grown#noisy}. <b>Checked by:</b> {@code Net2NetTest} on the torch engine.
 */
public final class Net2Net {
  private final NetworkPlan parent;
  private final NetworkPlan child;
  private final Map<String, float[]> trained;
  private final List<Part> parts;
  private final ChannelMaps maps;
  private final Map<String, float[]> weights;
  private final List<Grown.Identity> identities = new ArrayList<>();
  private final List<Grown.Repeated> repeated = new ArrayList<>();

  private Net2Net(NetworkPlan parent, NetworkPlan child, Map<String, float[]> trained, long seed) {
    this.parent = parent;
    this.child = child;
    this.trained = trained;
    this.parts = Correspondence.of(parent, child);
    this.maps = new ChannelMaps(parent, child, parts, seed);
    this.weights = new LinkedHashMap<>(Initializer.weights(child, seed));
  }

  /**
   * Grows a child out of its parent.
   *
   * @param weights the parent's parameters and buffers by name; others are ignored, and none is
   *     changed
   * @param seed of the channels that are repeated, and of the weights in new branches
   * @throws IllegalArgumentException naming the node of the child, or of the parent, for which no
   *     growth is known: one that shrinks, is gone, reads something else, or is new and cannot pass
   *     on what it reads
   */
  public static Grown grow(
      NetworkPlan parent, NetworkPlan child, Map<String, float[]> weights, long seed) {
    return new Net2Net(parent, child, weights, seed).grow();
  }

  private Grown grow() {
    List<List<Parameter>> before = parent.parametersByNode();
    List<List<Parameter>> after = child.parametersByNode();
    for (int i = 0; i < parts.size(); i++) {
      Node node = child.nodes().get(i);
      Part part = parts.get(i);
      if (part instanceof Part.Kept kept) {
        keep(i, before.get(kept.origin()), after.get(i));
      } else if (part instanceof Part.Passing passing) {
        pass(i, passing.origin());
      } else if (part instanceof Part.Branch branch && branch.last()) {
        Arrays.fill(own(node.name() + ".weight"), 0);
      }
    }
    return new Grown(parent, trained, weights, identities, repeated);
  }

  private void keep(int index, List<Parameter> before, List<Parameter> after) {
    Node node = child.nodes().get(index);
    int[] out = maps.of(index); // also refuses a node that has none
    if (node.layer() instanceof Layer.BatchNorm) {
      for (String role :
          List.of(".weight", ".bias", Initializer.RUNNING_MEAN, Initializer.RUNNING_VARIANCE)) {
        remap(node.name() + role, out);
      }
    } else if (node.layer() instanceof Layer.Conv || node.layer() instanceof Layer.Linear) {
      kernels(index, before.get(0), after.get(0));
      if (after.size() > 1) {
        remap(after.get(1).name(), out);
      }
      int old = before.get(0).dimensions().get(0);
      if (out.length > old) {
        int row = Math.toIntExact(after.get(0).elements()) / out.length;
        repeated.add(new Grown.Repeated(after.get(0).name(), old * row));
      }
    } else if (!after.isEmpty()) {
      if (!before.equals(after)) {
        throw Correspondence.refusal(node, "a layer of its kind does not grow");
      }
      after.forEach(parameter -> weights.put(parameter.name(), trained(parameter).clone()));
    }
  }

  /** Remaps filters and what they read, and puts the kernel in the middle of a larger one. */
  private void kernels(int index, Parameter before, Parameter after) {
    Node node = child.nodes().get(index);
    int source = node.inputs().get(0);
    int[] out = maps.of(index);
    int[] in = perFilter(node, source, before);
    int[] shares = new int[before.dimensions().get(1)]; // copies of what the parent reads
    for (int channel : in) {
      shares[channel]++;
    }
    int height = side(after, 2);
    int width = side(after, 3);
    int oldHeight = side(before, 2);
    int oldWidth = side(before, 3);
    int top = (height - oldHeight) / 2;
    int left = (width - oldWidth) / 2;
    float[] from = trained(before);
    float[] to = new float[Math.toIntExact(after.elements())]; // [out, in, height, width]
    for (int o = 0; o < out.length; o++) {
      for (int i = 0; i < in.length; i++) {
        int old = out[o] * shares.length + in[i];
        for (int y = 0; y < oldHeight; y++) {
          for (int x = 0; x < oldWidth; x++) {
            int target = ((o * in.length + i) * height + top + y) * width + left + x;
            to[target] = from[(old * oldHeight + y) * oldWidth + x] / shares[in[i]];
          }
        }
      }
    }
    weights.put(after.name(), to);
  }

  /** The map of the channels that one filter reads. */
  private int[] perFilter(Node node, int source, Parameter before) {
    if (!(node.layer() instanceof Layer.Conv conv) || conv.groups() == 1) {
      return maps.of(source);
    }
    Shape input = child.shapes().get(source);
    int[] within = new int[input.channels() / conv.groups()];
    boolean grown = maps.of(source).length != before.dimensions().get(0);
    if (within.length != before.dimensions().get(1)
        || (grown && !ChannelMaps.isDepthwise(conv, input))) {
      throw Correspondence.refusal(node, "a grouped convolution does not grow");
    }
    Arrays.setAll(within, channel -> channel);
    return within;
  }

  private static int side(Parameter parameter, int axis) {
    return parameter.dimensions().size() > axis ? parameter.dimensions().get(axis) : 1;
  }

  /** An identity: kernels with a single 1, norms that undo themselves. */
  private void pass(int index, int origin) {
    Node node = child.nodes().get(index);
    int[] out = maps.of(index);
    if (node.layer() instanceof Layer.BatchNorm) {
      Arrays.fill(own(node.name() + ".weight"), (float) Math.sqrt(1 + Grown.EPSILON));
      List<Integer> channels = Arrays.stream(out).boxed().toList();
      identities.add(new Grown.Identity(node.name(), origin, channels));
    } else if (node.layer() instanceof Layer.Conv conv) {
      int[] in = maps.of(node.inputs().get(0));
      int area = conv.kernelHeight() * conv.kernelWidth();
      float[] kernel = own(node.name() + ".weight");
      Arrays.fill(kernel, 0);
      for (int o = 0; o < out.length; o++) {
        kernel[(o * in.length + source(in, out[o], o)) * area + area / 2] = 1;
      }
    }
  }

  /** A channel that repeats a certain one of the parent's, the preferred where it does. */
  private static int source(int[] map, int wanted, int preferred) {
    if (preferred < map.length && map[preferred] == wanted) {
      return preferred;
    }
    int at = 0;
    while (map[at] != wanted) {
      at++; // every channel of the parent is there
    }
    return at;
  }

  private void remap(String name, int[] map) {
    float[] from = trained(name);
    float[] to = own(name);
    for (int i = 0; i < map.length; i++) {
      to[i] = from[map[i]];
    }
  }

  private float[] trained(Parameter parameter) {
    float[] values = trained(parameter.name());
    if (values.length != parameter.elements()) {
      throw new IllegalArgumentException(
          "%s has %d values, not %d"
              .formatted(parameter.name(), values.length, parameter.elements()));
    }
    return values;
  }

  private float[] trained(String name) {
    float[] values = trained.get(name);
    if (values == null) {
      throw new IllegalArgumentException("the parent's weights lack " + name);
    }
    return values;
  }

  private float[] own(String name) {
    float[] values = weights.get(name);
    if (values == null) {
      throw new IllegalArgumentException("the child has no " + name);
    }
    return values;
  }
}
