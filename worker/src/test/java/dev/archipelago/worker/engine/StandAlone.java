package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network along one path as a plan of its own, with the supernet's weights: the oracle for what
 * {@link Supernet} says of values that are not there.
 */
final class StandAlone {
  private final Supernet supernet;
  private final List<Integer> path;
  private final List<Shape> shapes;
  private final PlanBuilder builder;
  private final Map<Integer, Optional<Value>> values = new HashMap<>();
  private final Map<String, List<Integer>> channels = new HashMap<>(); // read by a node, by name

  /** A node of the new plan, and which channels of the supernet's it has. */
  private record Value(int node, List<Integer> channels) {}

  StandAlone(Supernet supernet, List<Integer> path) {
    this.supernet = supernet;
    this.path = path;
    this.shapes = supernet.plan().shapes();
    this.builder = new PlanBuilder(supernet.plan().input());
  }

  NetworkPlan plan() {
    Optional<Value> output = value(supernet.plan().nodes().size() - 1);
    if (output.isEmpty()) {
      throw new IllegalArgumentException("nothing reaches the output along " + path);
    }
    return builder.build();
  }

  private Optional<Value> value(int node) {
    if (!values.containsKey(node)) {
      values.put(node, computed(node));
    }
    return values.get(node);
  }

  private Optional<Value> computed(int index) {
    Node node = supernet.plan().nodes().get(index);
    if (index == 0) {
      return Optional.of(new Value(0, all(0)));
    }
    List<Value> in = new ArrayList<>();
    List<Integer> joined = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < node.inputs().size(); i++) {
      if (node.layer() instanceof Layer.Choice choice
          && !choice.options().get(i).equals(path.get(choice.row()))) {
        continue;
      }
      Optional<Value> value = value(node.inputs().get(i));
      for (int channel : value.map(Value::channels).orElse(List.of())) {
        joined.add(before + channel);
      }
      before += shapes.get(node.inputs().get(i)).channels();
      value.ifPresent(in::add);
    }
    if (node.layer() instanceof Layer.Present && in.isEmpty()) {
      Layer zero = new Layer.Zero(shapes.get(index));
      return Optional.of(new Value(builder.add(node.name(), zero, 0), all(index)));
    } else if (in.isEmpty()) {
      return Optional.empty();
    } else if (node.layer() instanceof Layer.Choice || node.layer() instanceof Layer.Present) {
      return Optional.of(in.get(0));
    } else if (node.layer() instanceof Layer.Concat) {
      return Optional.of(new Value(join(node, in), joined));
    } else if (node.layer() instanceof Layer.Add) {
      return Optional.of(new Value(join(node, in), in.get(0).channels()));
    }
    int added = builder.add(node.name(), node.layer(), in.get(0).node());
    channels.put(node.name(), in.get(0).channels());
    boolean own =
        node.layer() instanceof Layer.Conv
            || node.layer() instanceof Layer.Linear
            || node.layer() instanceof Layer.Channels;
    return Optional.of(new Value(added, own ? all(index) : in.get(0).channels()));
  }

  private int join(Node node, List<Value> in) {
    return in.size() == 1
        ? in.get(0).node()
        : builder.add(node.name(), node.layer(), in.stream().map(Value::node).toList());
  }

  private List<Integer> all(int node) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < shapes.get(node).channels(); i++) {
      all.add(i);
    }
    return all;
  }

  /** The supernet's weights, of kernels [O, I, H, W] only what reads the channels there are. */
  Map<String, float[]> weights(NetworkPlan plan, Map<String, float[]> shared) {
    Map<String, float[]> own = new HashMap<>(shared);
    for (NetworkPlan.Parameter parameter : plan.parameters()) {
      float[] values = shared.get(parameter.name());
      if (values.length != parameter.elements()) {
        String node = parameter.name().substring(0, parameter.name().lastIndexOf('.'));
        own.put(parameter.name(), slices(values, parameter.dimensions(), channels.get(node)));
      }
    }
    return own;
  }

  private static float[] slices(float[] values, List<Integer> sizes, List<Integer> kept) {
    int area = sizes.size() == 4 ? sizes.get(2) * sizes.get(3) : 1;
    int inputs = values.length / sizes.get(0) / area;
    float[] own = new float[sizes.get(0) * kept.size() * area];
    int at = 0;
    for (int o = 0; o < sizes.get(0); o++) {
      for (int channel : kept) {
        System.arraycopy(values, (o * inputs + channel) * area, own, at, area);
        at += area;
      }
    }
    return own;
  }
}
