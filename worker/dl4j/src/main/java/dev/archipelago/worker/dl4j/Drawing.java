package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.dl4j.Slot.Layout;
import dev.archipelago.worker.dl4j.Slot.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/**
 * A graph under construction: layers and vertices as they come, where the plan's tensors lie in
 * them, and what plain Deeplearning4j lacks for it.
 */
final class Drawing {
  private final GraphBuilder graph;
  private final List<Slot> slots = new ArrayList<>();
  private final List<String> needs = new ArrayList<>();

  Drawing(GraphBuilder graph) {
    this.graph = graph;
  }

  /**
   * The whole.
   *
   * @param logits the vertex that gives them
   */
  Compiled finished(String logits) {
    return new Compiled(graph.build(), slots, logits, needs);
  }

  /** A layer; its value is a map. */
  Value layer(String name, Layer layer, Value read) {
    graph.addLayer(name, layer, read.vertex());
    return Value.map(name);
  }

  /** Where a tensor of the plan lies. */
  void slot(String name, String layer, String key, Layout layout, Role role) {
    slots.add(new Slot(name, layer, key, layout, role));
  }

  /** A layer's weight and, where it has one, its bias. */
  void trained(
      String name, String layer, String weight, Layout layout, boolean hasBias, String bias) {
    slot(name + ".weight", layer, weight, layout, Role.TRAINED);
    if (hasBias) {
      slot(name + ".bias", layer, bias, Layout.VECTOR, Role.TRAINED);
    }
  }

  /** A tensor's parts stand together; names keep the order in which they first came. */
  void gatherParts() {
    List<String> names = slots.stream().map(Slot::name).distinct().toList();
    slots.sort(Comparator.comparingInt(slot -> names.indexOf(slot.name())));
  }

  /** A vertex that plain Deeplearning4j does not have. */
  Value own(String name, String what, LinearVertex vertex, Value read) {
    if (!needs.contains(what)) {
      needs.add(what);
    }
    return vertex(name, vertex, false, read);
  }

  Value vertex(String name, GraphVertex vertex, boolean flat, Value... read) {
    String[] inputs = new String[read.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = read[i].vertex();
    }
    graph.addVertex(name, vertex, inputs);
    return new Value(name, flat, false);
  }

  /** The value as [N, C, H, W]; for {@code reader}. */
  Value map(String reader, Value value, Shape shape) {
    return value.flat()
        ? reshaped(
            reader + ":map", new FeedForwardToCnnPreProcessor(1, 1, shape.channels()), false, value)
        : value;
  }

  /** The value as [N, C * H * W]. */
  Value flat(String name, Value value, Shape shape) {
    return value.flat()
        ? value
        : reshaped(
            name,
            new CnnToFeedForwardPreProcessor(shape.height(), shape.width(), shape.channels()),
            true,
            value);
  }

  private Value reshaped(String name, InputPreProcessor form, boolean flat, Value value) {
    graph.addVertex(name, new PreprocessorVertex(form), value.vertex());
    return new Value(name, flat, value.raw());
  }
}
