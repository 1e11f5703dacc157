package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.torch.Passage.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan as libtorch calls, of which a {@link Passage} does those that a {@link Selection} needs.
 *
 * <p>Nodes that let one value through as it is have no call, and ReLUs and pools that several nodes
 * make of one value are computed once.
 */
final class Program {
  private static final int ABSENT = -1;
  private static final int[] NOTHING = {};

  private final Weights weights;
  private final List<Node> nodes;
  private final int[][] inputs;
  private final List<Optional<Operation>> operations = new ArrayList<>(); // by node
  private final List<Shape> shapes;
  private final int[] same; // the first node that computes the same
  private final int[] firstParameter; // by node, and their number after the last

  /** Builds with the given tensors; call it in the scope that shall own what is made here. */
  Program(NetworkPlan plan, Weights weights) {
    this.weights = weights;
    this.nodes = plan.nodes();
    this.shapes = plan.shapes();
    this.inputs = new int[nodes.size()][];
    this.same = new int[nodes.size()];
    this.firstParameter = new int[nodes.size() + 1];
    List<List<Parameter>> parameters = plan.parametersByNode();
    Map<Computed, Integer> first = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      inputs[i] = node.inputs().stream().mapToInt(Integer::intValue).toArray();
      operations.add(
          computesNothing(node.layer())
              ? Optional.empty()
              : Optional.of(Operations.of(node, weights)));
      List<Integer> read = node.inputs().stream().map(input -> same[input]).toList();
      same[i] = isPure(node.layer()) ? merge(first, new Computed(node.layer(), read), i) : i;
      firstParameter[i + 1] = firstParameter[i] + parameters.get(i).size();
    }
  }

  /** What a node without weights computes. */
  private record Computed(Layer layer, List<Integer> inputs) {
    Computed {
      inputs = List.copyOf(inputs);
    }
  }

  private static int merge(Map<Computed, Integer> first, Computed computed, int node) {
    Integer earlier = first.putIfAbsent(computed, node);
    return earlier == null ? node : earlier;
  }

  private static boolean isPure(Layer layer) {
    return layer instanceof Layer.Relu
        || layer instanceof Layer.MaxPool
        || layer instanceof Layer.AvgPool
        || layer instanceof Layer.Channels;
  }

  private static boolean computesNothing(Layer layer) {
    return layer instanceof Layer.Input
        || layer instanceof Layer.Choice
        || layer instanceof Layer.Present;
  }

  /** Whether the layer treats every channel by itself, without weights of its own. */
  private static boolean isChannelwise(Layer layer) {
    return layer instanceof Layer.Relu
        || layer instanceof Layer.Relu6
        || layer instanceof Layer.Sigmoid
        || layer instanceof Layer.HardSigmoid
        || layer instanceof Layer.Swish
        || layer instanceof Layer.HardSwish
        || layer instanceof Layer.Tanh
        || layer instanceof Layer.MaxPool
        || layer instanceof Layer.AvgPool
        || layer instanceof Layer.GlobalAvgPool
        || layer instanceof Layer.Resize;
  }

  /**
   * Whether the layer's gradient is computed without its output, so that another may write there.
   */
  private static boolean mayOverwrite(Layer layer) {
    return layer instanceof Layer.BatchNorm
        || layer instanceof Layer.Standardize
        || layer instanceof Layer.Conv
        || layer instanceof Layer.Add
        || layer instanceof Layer.Scale
        || layer instanceof Layer.Resize
        || layer instanceof Layer.Concat
        || layer instanceof Layer.Choice;
  }

  /**
   * Works out what has to be computed.
   *
   * @throws IllegalArgumentException if nothing reaches the output, or a layer has to have channels
   *     that are left out
   */
  Passage along(Selection selection) {
    Draft draft = new Draft(selection);
    for (int i = 1; i < nodes.size(); i++) {
      draft.enter(i);
    }
    return draft.passage();
  }

  /** A passage while it is worked out: node by node forwards, then what is needed backwards. */
  private final class Draft {
    private final Selection selection;
    private final int[] at = new int[nodes.size()]; // whose value stands for the node's, or ABSENT
    private final Kept[] kept = new Kept[nodes.size()];
    private final Operation[] chosen = new Operation[nodes.size()]; // of nodes that compute
    private final int[][] reads = new int[nodes.size()][]; // of those

    Draft(Selection selection) {
      this.selection = selection;
      Arrays.fill(kept, Kept.ALL);
    }

    /** Says where a node's value comes from, once all nodes before it were entered. */
    void enter(int node) {
      Layer layer = nodes.get(node).layer();
      int[] present = Arrays.stream(inputs[node]).filter(input -> at[input] != ABSENT).toArray();
      if (layer instanceof Layer.Choice choice) {
        choose(node, choice);
      } else if (layer instanceof Layer.Add) {
        join(node, present);
        kept[node] = common(node, present);
      } else if (layer instanceof Layer.Concat) {
        join(node, present);
        kept[node] = joined(node);
      } else if (layer instanceof Layer.Present && present.length == 0) {
        compute(node, Operations.zeros(shapes.get(node)), new int[] {0});
      } else if (layer instanceof Layer.Present) {
        pass(node, present[0]);
        kept[node] = kept[present[0]];
      } else if (present.length < inputs[node].length) {
        at[node] = ABSENT;
      } else {
        apply(node);
      }
    }

    private void choose(int node, Layer.Choice choice) {
      List<Integer> options = new ArrayList<>();
      int[] candidates = new int[inputs[node].length];
      for (int i = 0; i < candidates.length; i++) {
        int option = choice.options().get(i);
        if (at[inputs[node][i]] != ABSENT && selection.takes(choice.row(), option)) {
          candidates[options.size()] = inputs[node][i];
          options.add(option);
        }
      }
      if (options.isEmpty()) {
        at[node] = ABSENT;
        return;
      }
      int[] taken = Arrays.copyOf(candidates, options.size());
      kept[node] = common(node, taken);
      Optional<Operation> combined = selection.combine(choice.row(), options);
      if (combined.isPresent()) {
        compute(node, combined.get(), taken);
      } else {
        pass(node, taken[0]);
      }
    }

    /** A sum or concatenation of what is there: a single part stays as it is. */
    private void join(int node, int[] parts) {
      if (parts.length == 0) {
        at[node] = ABSENT;
      } else if (parts.length == 1) {
        pass(node, parts[0]);
      } else {
        compute(node, operations.get(node).orElseThrow(), parts);
      }
    }

    private Kept common(int node, int[] terms) {
      for (int term : terms) {
        if (!kept[term].equals(kept[terms[0]])) {
          throw new IllegalArgumentException(
              nodes.get(node).name() + " adds concatenations with different parts left out");
        }
      }
      return terms.length == 0 ? Kept.ALL : kept[terms[0]];
    }

    private Kept joined(int node) {
      Kept.Joined joined = new Kept.Joined();
      for (int input : inputs[node]) {
        int channels = shapes.get(input).channels();
        if (at[input] == ABSENT) {
          joined.skip(channels);
        } else {
          joined.add(channels, kept[input]);
        }
      }
      return joined.kept();
    }

    private void apply(int node) {
      Kept read = kept[inputs[node][0]];
      if (same[node] != node) {
        pass(node, same[node]);
        kept[node] = kept[same[node]];
      } else if (read.all()) {
        compute(node, operations.get(node).orElseThrow(), inputs[node]);
      } else if (isChannelwise(nodes.get(node).layer())) {
        compute(node, operations.get(node).orElseThrow(), inputs[node]);
        kept[node] = read;
      } else {
        compute(node, Operations.reading(nodes.get(node), read, weights), inputs[node]);
      }
    }

    private void pass(int node, int other) {
      at[node] = at[other];
    }

    private void compute(int node, Operation operation, int[] from) {
      at[node] = node;
      chosen[node] = operation;
      reads[node] = Arrays.stream(from).map(input -> at[input]).toArray();
    }

    Passage passage() {
      int output = at[nodes.size() - 1];
      if (output == ABSENT) {
        throw new IllegalArgumentException("nothing reaches the network's output");
      }
      int[] readers = new int[nodes.size()];
      int[] last = new int[nodes.size()];
      BitSet computed = new BitSet();
      readers[output]++; // by whoever asked
      last[output] = nodes.size();
      for (int i = nodes.size() - 1; i > 0; i--) {
        if (readers[i] > 0) {
          computed.set(i);
          for (int read : reads[i]) {
            readers[read]++;
            last[read] = Math.max(last[read], i);
          }
        }
      }
      List<Step> steps = new ArrayList<>();
      BitSet parameters = new BitSet();
      long activations = shapes.get(0).elements();
      int[] rectifiers = rectifiers();
      for (int i = computed.nextSetBit(0); i >= 0; i = computed.nextSetBit(i + 1)) {
        boolean inPlace = mayOverwriteInput(i, readers);
        Operation operation = inPlace ? Operations::rectify : chosen[i];
        int[] frees = inPlace ? NOTHING : readLastBy(i, last);
        steps.add(new Step(i, operation, reads[i], frees, rectifiers[i]));
        parameters.set(firstParameter[i], firstParameter[i + 1]);
        activations += shapes.get(i).elements();
      }
      return new Passage(steps, nodes.size(), output, parameters, activations);
    }

    /** How many of the plan's ReLUs have a node's output. */
    private int[] rectifiers() {
      int[] count = new int[nodes.size()];
      for (int i = 1; i < count.length; i++) {
        if (nodes.get(i).layer() instanceof Layer.Relu && at[i] != ABSENT) {
          count[at[i]]++;
        }
      }
      return count;
    }

    private boolean mayOverwriteInput(int node, int[] readers) {
      return nodes.get(node).layer() instanceof Layer.Relu
          && readers[reads[node][0]] == 1
          && mayOverwrite(nodes.get(reads[node][0]).layer());
    }

    private int[] readLastBy(int node, int[] last) {
      return Arrays.stream(reads[node])
          .filter(read -> read != 0 && last[read] == node)
          .distinct()
          .toArray();
    }
  }
}
