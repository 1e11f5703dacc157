package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A network as an engine-neutral graph: what engines compile, counters count and exporters write.
 *
 * <p>Nodes stand in an order in which each reads only earlier ones; the first is the one {@link
 * Layer.Input}, the last is the output, a vector of one logit per class. Parameter names are the
 * node's name and a role, {@code layer_0/conv.weight}, and stay the same for the same place in a
 * space, which is what lets weights be inherited.
 */
public record NetworkPlan(List<Node> nodes) {

  /**
   * @param name unique in the plan
   * @param inputs indices of earlier nodes
   */
  public record Node(String name, Layer layer, List<Integer> inputs) {
    public Node {
      inputs = List.copyOf(inputs);
    }
  }

  /** A trained tensor; running statistics of batch norms are buffers and not listed. */
  public record Parameter(String name, List<Integer> dimensions) {
    public Parameter {
      dimensions = List.copyOf(dimensions);
    }

    public long elements() {
      long product = 1;
      for (int dimension : dimensions) {
        product *= dimension;
      }
      return product;
    }
  }

  /**
   * @throws IllegalArgumentException naming the node that does not fit
   */
  public NetworkPlan {
    nodes = List.copyOf(nodes);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (!names.add(node.name())) {
        throw new IllegalArgumentException("two nodes are called " + node.name());
      }
      if ((i == 0) != node.layer() instanceof Layer.Input) {
        throw new IllegalArgumentException("the first node, and only it, is the input");
      }
      for (int input : node.inputs()) {
        if (input < 0 || input >= i) {
          throw new IllegalArgumentException(node.name() + " does not stand after its inputs");
        }
      }
    }
    if (nodes.size() < 2) {
      throw new IllegalArgumentException("a plan needs an input and a layer");
    }
    infer(nodes);
  }

  /** Output shape of every node, in order. */
  public List<Shape> shapes() {
    return infer(nodes);
  }

  public Shape input() {
    return infer(nodes.subList(0, 1)).get(0);
  }

  /** The number of logits. */
  public int classes() {
    List<Shape> shapes = shapes();
    return shapes.get(shapes.size() - 1).channels();
  }

  /** Every trained tensor in node order. */
  public List<Parameter> parameters() {
    return parametersByNode().stream().flatMap(List::stream).toList();
  }

  /** The trained tensors of every node, in order; an empty list for a node that has none. */
  public List<List<Parameter>> parametersByNode() {
    List<Shape> shapes = shapes();
    return nodes.stream().map(node -> parameters(node, shapes)).toList();
  }

  /** Dimensions are as engines lay them out: [out, in / groups, H, W], [out, in]. */
  private static List<Parameter> parameters(Node node, List<Shape> shapes) {
    Layer layer = node.layer();
    String name = node.name();
    if (layer instanceof Layer.Conv conv) {
      int in = shapes.get(node.inputs().get(0)).channels() / conv.groups();
      List<Integer> kernel = List.of(conv.filters(), in, conv.kernelHeight(), conv.kernelWidth());
      Parameter weight = new Parameter(name + ".weight", kernel);
      return conv.bias()
          ? List.of(weight, new Parameter(name + ".bias", List.of(conv.filters())))
          : List.of(weight);
    } else if (layer instanceof Layer.BatchNorm) {
      int channels = shapes.get(node.inputs().get(0)).channels();
      return List.of(
          new Parameter(name + ".weight", List.of(channels)),
          new Parameter(name + ".bias", List.of(channels)));
    } else if (layer instanceof Layer.Linear linear) {
      int in = shapes.get(node.inputs().get(0)).channels();
      return List.of(
          new Parameter(name + ".weight", List.of(linear.outputs(), in)),
          new Parameter(name + ".bias", List.of(linear.outputs())));
    } else if (layer instanceof Layer.Embedding embedding) {
      return List.of(
          new Parameter(name + ".weight", List.of(embedding.vocabulary(), embedding.size())));
    } else if (layer instanceof Layer.Recurrent recurrent) {
      int in = shapes.get(node.inputs().get(0)).channels();
      int rows = recurrent.cell().gates() * recurrent.units();
      return List.of(
          new Parameter(name + ".weight_ih", List.of(rows, in)),
          new Parameter(name + ".weight_hh", List.of(rows, recurrent.units())),
          new Parameter(name + ".bias_ih", List.of(rows)),
          new Parameter(name + ".bias_hh", List.of(rows)));
    }
    return List.of();
  }

  private static List<Shape> infer(List<Node> nodes) {
    List<Shape> shapes = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      List<Shape> inputs = new ArrayList<>(node.inputs().size());
      for (int input : node.inputs()) {
        inputs.add(shapes.get(input));
      }
      try {
        shapes.add(node.layer().output(inputs));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(node.name() + ": " + e.getMessage(), e);
      }
    }
    return shapes;
  }
}
