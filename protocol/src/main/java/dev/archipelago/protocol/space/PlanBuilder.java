package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes a plan node by node; every method gives the index of the node it added. */
public final class PlanBuilder {
  private final List<NetworkPlan.Node> nodes = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final UnaryOperator<Layer> form;

  public PlanBuilder(Shape input) {
    this(input, layer -> layer);
  }

  /**
   * @param form what is written in place of a layer, of the same shape
   */
  private PlanBuilder(Shape input, UnaryOperator<Layer> form) {
    this.form = form;
    add("input", new Layer.Input(input));
  }

  /** Writes batch norms without scale and shift, as in networks whose choices are relaxed. */
  static PlanBuilder relaxed(Shape input) {
    return new PlanBuilder(
        input, layer -> layer instanceof Layer.BatchNorm ? new Layer.Standardize() : layer);
  }

  /** The image's node. */
  public int input() {
    return 0;
  }

  public Shape shape(int node) {
    return shapes.get(node);
  }

  Layer layer(int node) {
    return nodes.get(node).layer();
  }

  public int add(String name, Layer layer, Integer... inputs) {
    return add(name, layer, List.of(inputs));
  }

  public int add(String name, Layer layer, List<Integer> inputs) {
    shapes.add(layer.output(inputs.stream().map(shapes::get).toList()));
    nodes.add(new NetworkPlan.Node(name, form.apply(layer), inputs));
    return nodes.size() - 1;
  }

  /** Joins along the channels; a single part stays as it is. */
  public int concat(String name, List<Integer> inputs) {
    return inputs.size() == 1 ? inputs.get(0) : add(name, new Layer.Concat(), inputs);
  }

  /** Global average pooling and a dense layer: [C, H, W] to one logit per class. */
  public NetworkPlan classifier(int features, int classes) {
    int pooled = add("head/pool", new Layer.GlobalAvgPool(), features);
    add("head/linear", new Layer.Linear(classes), pooled);
    return build();
  }

  /**
   * The plan whose output is the node added last. Nodes that it does not depend on are left out: a
   * cell whose output no cell reads costs nothing and has no parameters.
   */
  public NetworkPlan build() {
    return build(nodes.size() - 1);
  }

  /** As {@link #build()}, with another node's output for the network's. */
  NetworkPlan build(int output) {
    boolean[] needed = new boolean[output + 1];
    needed[output] = true;
    for (int i = output; i >= 0; i--) {
      if (needed[i]) {
        nodes.get(i).inputs().forEach(input -> needed[input] = true);
      }
    }
    List<NetworkPlan.Node> kept = new ArrayList<>();
    int[] places = new int[needed.length]; // where a kept node stands in the plan
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        places[i] = kept.size();
        NetworkPlan.Node node = nodes.get(i);
        List<Integer> inputs = node.inputs().stream().map(input -> places[input]).toList();
        kept.add(new NetworkPlan.Node(node.name(), node.layer(), inputs));
      }
    }
    return new NetworkPlan(kept);
  }
}
