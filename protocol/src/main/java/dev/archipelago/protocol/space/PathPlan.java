package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A path of a {@link Supernet} as a plan of its own, and what it has of the shared weights. */
final class PathPlan {
  private final NetworkPlan whole;
  private final List<Shape> shapes;
  private final List<Integer> options;
  private final PlanBuilder builder;

  /** Where a node of the supernet is found in the path; nodes that are left out are not there. */
  private final Map<Integer, Integer> places = new HashMap<>();

  /** The channels that are there, of concatenations that lack some. */
  private final Map<Integer, List<Integer>> partial = new HashMap<>();

  /** By its name, the input channels that a convolution has left. */
  private final Map<String, Slice> slices = new HashMap<>();

  private final NetworkPlan plan;

  /**
   * @param channels of the input that the supernet's convolution reads
   * @param kept which of them are there, in order
   */
  private record Slice(int filters, int channels, int kernel, List<Integer> kept) {
    float[] of(float[] weights) {
      if (weights.length != filters * channels * kernel) {
        return weights.clone(); // a bias
      }
      float[] cut = new float[filters * kept.size() * kernel];
      int at = 0;
      for (int filter = 0; filter < filters; filter++) {
        for (int channel : kept) {
          System.arraycopy(weights, (filter * channels + channel) * kernel, cut, at, kernel);
          at += kernel;
        }
      }
      return cut;
    }
  }

  PathPlan(Supernet supernet, List<Integer> options) {
    check(supernet.rows(), options);
    this.whole = supernet.plan();
    this.shapes = whole.shapes();
    this.options = options;
    this.builder = new PlanBuilder(whole.input());
    places.put(0, builder.input());
    for (int i = 1; i < shapes.size(); i++) {
      int node = i;
      place(node).ifPresent(found -> places.put(node, found));
    }
    Integer output = places.get(shapes.size() - 1);
    require(output != null, "nothing comes through to the output");
    this.plan = builder.build(Objects.requireNonNull(output));
  }

  private static void check(List<Row> rows, List<Integer> options) {
    require(options.size() == rows.size(), "a path has an option for each of its rows");
    for (int i = 0; i < rows.size(); i++) {
      int option = options.get(i);
      Row row = rows.get(i);
      require(
          option == Supernet.EVERY || (option >= 0 && option < row.options().size()),
          "row " + row.name() + " has no option " + option);
    }
  }

  NetworkPlan plan() {
    return plan;
  }

  Map<String, float[]> weights(Map<String, float[]> shared) {
    Set<String> names =
        plan.nodes().stream().map(NetworkPlan.Node::name).collect(Collectors.toSet());
    Map<String, float[]> own = new LinkedHashMap<>();
    shared.forEach(
        (tensor, values) -> {
          String node = tensor.split("\\.", 2)[0];
          if (names.contains(node)) {
            Slice slice = slices.get(node);
            own.put(tensor, slice == null ? values.clone() : slice.of(values));
          }
        });
    return own;
  }

  /** Adds what is left of a node, and says where its output is found. */
  private Optional<Integer> place(int at) {
    NetworkPlan.Node node = whole.nodes().get(at);
    Layer layer = node.layer();
    List<Integer> read = taken(node).stream().filter(places::containsKey).toList();
    if (layer instanceof Layer.Present && read.isEmpty()) {
      return Optional.of(builder.add(node.name(), new Layer.Zero(shapes.get(at)), builder.input()));
    }
    if (read.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> inputs = read.stream().map(input -> places.getOrDefault(input, 0)).toList();
    if (layer instanceof Layer.Concat) {
      noteChannels(at, read);
      return Optional.of(builder.concat(node.name(), inputs));
    }
    if (layer instanceof Layer.Conv conv && conv.groups() == 1) {
      noteSlice(node.name(), conv, read.get(0));
    } else {
      boolean complete = read.stream().noneMatch(partial::containsKey);
      require(complete, node.name() + " reads a concatenation with parts left out");
    }
    if (layer instanceof Layer.Choice
        || layer instanceof Layer.Add
        || layer instanceof Layer.Present) {
      return Optional.of(
          inputs.size() == 1 ? inputs.get(0) : builder.add(node.name(), new Layer.Add(), inputs));
    }
    require(inputs.size() == node.inputs().size(), node.name() + " lacks an input");
    return Optional.of(builder.add(node.name(), layer, inputs));
  }

  /** The inputs that the path lets through. */
  private List<Integer> taken(NetworkPlan.Node node) {
    if (!(node.layer() instanceof Layer.Choice choice)) {
      return node.inputs();
    }
    int option = options.get(choice.row());
    if (option == Supernet.EVERY) {
      return node.inputs();
    }
    int candidate = choice.options().indexOf(option);
    return candidate < 0 ? List.of() : List.of(node.inputs().get(candidate));
  }

  private void noteChannels(int concat, List<Integer> read) {
    List<Integer> kept = new ArrayList<>();
    int offset = 0;
    for (int part : whole.nodes().get(concat).inputs()) {
      if (read.contains(part)) {
        int from = offset;
        channels(part).forEach(channel -> kept.add(from + channel));
      }
      offset += shapes.get(part).channels();
    }
    if (kept.size() < offset) {
      partial.put(concat, List.copyOf(kept));
    }
  }

  private List<Integer> channels(int node) {
    List<Integer> some = partial.get(node);
    return some == null ? IntStream.range(0, shapes.get(node).channels()).boxed().toList() : some;
  }

  private void noteSlice(String name, Layer.Conv conv, int input) {
    List<Integer> kept = partial.get(input);
    if (kept != null) {
      int kernel = conv.kernelHeight() * conv.kernelWidth();
      slices.put(name, new Slice(conv.filters(), shapes.get(input).channels(), kernel, kept));
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
