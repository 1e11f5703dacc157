package dev.archipelago.worker.morph;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which part every node of a child plays; nodes are matched by their names.
 *
 * <p>A new sum whose terms but one descend from that one is a residual block: the terms are its
 * branches, the one its trunk. All other new nodes must pass on what they read: a convolution of
 * stride 1, a batch norm, a ReLU behind which nothing is negative.
 */
final class Correspondence {
  private final NetworkPlan parent;
  private final NetworkPlan child;
  private final Map<String, Integer> places = new HashMap<>();
  private final boolean[] nonNegative; // by the parent's node
  private final List<BitSet> ancestors; // by the child's node
  private final BitSet branches = new BitSet();
  private final BitSet last = new BitSet();
  private final List<Part> parts = new ArrayList<>();

  private Correspondence(NetworkPlan parent, NetworkPlan child) {
    this.parent = parent;
    this.child = child;
    this.nonNegative = nonNegative(parent);
    this.ancestors = ancestors(child);
  }

  /**
   * The parts of the child's nodes, in order.
   *
   * @throws IllegalArgumentException naming the node that does not grow out of the parent
   */
  static List<Part> of(NetworkPlan parent, NetworkPlan child) {
    return new Correspondence(parent, child).match();
  }

  private List<Part> match() {
    for (int i = 0; i < parent.nodes().size(); i++) {
      places.put(parent.nodes().get(i).name(), i);
    }
    for (Node node : parent.nodes()) {
      if (child.nodes().stream().noneMatch(other -> other.name().equals(node.name()))) {
        throw refusal(node, "the child lacks it");
      }
    }
    findBranches();
    for (int i = 0; i < child.nodes().size(); i++) {
      parts.add(part(i));
    }
    Node output = child.nodes().get(child.nodes().size() - 1);
    if (parts.get(parts.size() - 1).origin() != parent.nodes().size() - 1) {
      throw refusal(output, "it is the child's output and not the parent's");
    }
    if (child.classes() != parent.classes()) {
      throw refusal(output, "the parent has " + parent.classes() + " classes");
    }
    return List.copyOf(parts);
  }

  private Part part(int index) {
    Node node = child.nodes().get(index);
    Integer place = places.get(node.name());
    if (place == null) {
      return branches.get(index) ? new Part.Branch(last.get(index)) : passing(node);
    }
    Node old = parent.nodes().get(place);
    List<Integer> origins = node.inputs().stream().map(input -> parts.get(input).origin()).toList();
    if (!origins.equals(old.inputs())) {
      throw refusal(node, "it does not read what it read in the parent");
    }
    if (!grows(old.layer(), node.layer())) {
      throw refusal(node, old.layer() + " does not grow into " + node.layer());
    }
    return new Part.Kept(place);
  }

  /** Channel counts are compared where the channels are mapped. */
  private static boolean grows(Layer from, Layer to) {
    if (from instanceof Layer.Conv a && to instanceof Layer.Conv b) {
      return a.kernelHeight() <= b.kernelHeight()
          && a.kernelWidth() <= b.kernelWidth()
          && a.stride() == b.stride()
          && a.dilation() == b.dilation()
          && a.bias() == b.bias()
          && (a.groups() == b.groups() || (isDepthwise(a) && isDepthwise(b)));
    }
    return (from instanceof Layer.Linear && to instanceof Layer.Linear) || from.equals(to);
  }

  private static boolean isDepthwise(Layer.Conv conv) {
    return conv.groups() == conv.filters();
  }

  private Part passing(Node node) {
    Layer layer = node.layer();
    int trunk = layer instanceof Layer.Add ? trunk(node) : node.inputs().get(0);
    int origin = parts.get(trunk).origin();
    if (origin == Part.NONE) {
      throw refusal(node, "it reads a branch that its sum does not end");
    }
    if (layer instanceof Layer.Relu && !nonNegative[origin]) {
      throw refusal(node, "a new ReLU cuts off negative values");
    }
    boolean identity =
        layer instanceof Layer.Conv conv
            ? conv.stride() == 1 && conv.groups() == 1
            : layer instanceof Layer.BatchNorm
                || layer instanceof Layer.Relu
                || layer instanceof Layer.Add;
    if (!identity) {
      throw refusal(node, "a new " + layer + " cannot pass on what it reads");
    }
    return new Part.Passing(origin);
  }

  private void findBranches() {
    for (Node node : child.nodes()) {
      if (node.layer() instanceof Layer.Add && !places.containsKey(node.name())) {
        int trunk = trunk(node);
        for (int term : node.inputs()) {
          if (term != trunk) {
            BitSet branch = (BitSet) ancestors.get(term).clone();
            branch.set(term);
            branch.andNot(ancestors.get(trunk));
            branch.clear(trunk);
            branches.or(branch);
            last.set(lastNorm(term, node));
          }
        }
      }
    }
    for (int i = branches.nextSetBit(0); i >= 0; i = branches.nextSetBit(i + 1)) {
      if (places.containsKey(child.nodes().get(i).name())) {
        throw refusal(child.nodes().get(i), "it stands in the branch of a new sum");
      }
    }
  }

  /** A branch's end; channels that are zero stay so when they are scaled. */
  private int lastNorm(int term, Node sum) {
    int at = term;
    while (child.nodes().get(at).layer() instanceof Layer.Scale) {
      at = child.nodes().get(at).inputs().get(0);
    }
    if (!(child.nodes().get(at).layer() instanceof Layer.BatchNorm)) {
      throw refusal(sum, "a branch of a new sum does not end with a batch norm");
    }
    return at;
  }

  private int trunk(Node sum) {
    for (int candidate : sum.inputs()) {
      boolean above =
          sum.inputs().stream()
              .allMatch(term -> term == candidate || ancestors.get(term).get(candidate));
      if (above && sum.inputs().stream().filter(term -> term == candidate).count() == 1) {
        return candidate;
      }
    }
    throw refusal(sum, "a new sum without a shortcut");
  }

  private static List<BitSet> ancestors(NetworkPlan plan) {
    List<BitSet> ancestors = new ArrayList<>();
    for (Node node : plan.nodes()) {
      BitSet own = new BitSet();
      for (int input : node.inputs()) {
        own.or(ancestors.get(input));
        own.set(input);
      }
      ancestors.add(own);
    }
    return ancestors;
  }

  private static boolean[] nonNegative(NetworkPlan plan) {
    boolean[] known = new boolean[plan.nodes().size()];
    for (int i = 0; i < known.length; i++) {
      Node node = plan.nodes().get(i);
      Layer layer = node.layer();
      boolean inherits =
          layer instanceof Layer.MaxPool
              || layer instanceof Layer.AvgPool
              || layer instanceof Layer.GlobalAvgPool
              || layer instanceof Layer.Flatten
              || layer instanceof Layer.Resize
              || layer instanceof Layer.Add
              || layer instanceof Layer.Concat
              || layer instanceof Layer.Scale;
      known[i] =
          layer instanceof Layer.Relu
              || layer instanceof Layer.Relu6
              || layer instanceof Layer.Sigmoid
              || layer instanceof Layer.HardSigmoid
              || layer instanceof Layer.Zero
              || (inherits && node.inputs().stream().allMatch(input -> known[input]));
    }
    return known;
  }

  static IllegalArgumentException refusal(Node node, String reason) {
    return new IllegalArgumentException(node.name() + ": " + reason);
  }
}
