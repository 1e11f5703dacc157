package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.worker.dl4j.Slot.Role;
import dev.archipelago.worker.engine.Network;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph's tensors under the plan's names and in the plan's layouts. All of them are windows into
 * the graph's one vector of parameters, among which the library counts running statistics.
 */
final class Weights {

  /**
   * A slot's place in the vector.
   *
   * @param dimensions the plan's, of this part
   * @param rows as {@link Slot.Layout#rows}
   */
  record Window(Slot slot, int offset, int length, List<Integer> dimensions, int rows) {
    Window {
      dimensions = List.copyOf(dimensions);
    }

    /** From memory's order to the plan's. */
    void read(FloatBuffer vector, float[] target, int at) {
      float[] memory = new float[length];
      vector.get(offset, memory);
      int columns = length / rows;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          target[at + j * rows + i] = memory[i * columns + j];
        }
      }
    }

    /** From the plan's order to memory's. */
    void write(FloatBuffer vector, float[] source, int at) {
      float[] memory = new float[length];
      int columns = length / rows;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          memory[i * columns + j] = source[at + j * rows + i];
        }
      }
      vector.put(offset, memory);
    }
  }

  private final List<Window> windows = new ArrayList<>();
  private final Map<String, List<Window>> byName = new LinkedHashMap<>(); // in the plan's order
  private final INDArray values; // [1, P]

  /**
   * @param values the graph's vector of parameters, [1, P]
   */
  Weights(List<Slot> slots, ComputationGraph graph, INDArray values) {
    this.values = values;
    for (Slot slot : slots) {
      INDArray view = graph.getLayer(slot.layer()).getParam(slot.key());
      Window window =
          new Window(
              slot,
              Math.toIntExact(view.offset() - values.offset()),
              Math.toIntExact(view.length()),
              slot.layout().dimensions(view.shape()),
              slot.layout().rows(view.shape()));
      windows.add(window);
      if (slot.role() == Role.FIXED_AT_ONE) {
        FloatBuffer memory = HostMemory.of(values);
        for (int i = 0; i < window.length(); i++) {
          memory.put(window.offset() + i, 1);
        }
        HostMemory.written(values);
      } else if (slot.role() != Role.FIXED_AT_ZERO) {
        byName.computeIfAbsent(slot.name(), name -> new ArrayList<>()).add(window);
      }
    }
  }

  List<Window> windows() {
    return windows;
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    byName.forEach(
        (name, parts) -> {
          if (parts.get(0).slot().role() == Role.TRAINED) {
            List<Integer> dimensions = new ArrayList<>(parts.get(0).dimensions());
            dimensions.set(0, parts.stream().mapToInt(part -> part.dimensions().get(0)).sum());
            parameters.add(new Parameter(name, dimensions));
          }
        });
    return parameters;
  }

  /** Parameters and buffers. */
  Map<String, float[]> copy() {
    Map<String, float[]> copies = new LinkedHashMap<>();
    byName.forEach((name, parts) -> copies.put(name, copy(values, parts)));
    return copies;
  }

  /** Those, and the parameters' momentum. */
  Map<String, float[]> checkpoint(INDArray velocity) {
    Map<String, float[]> copies = copy();
    byName.forEach(
        (name, parts) -> {
          if (parts.get(0).slot().role() == Role.TRAINED) {
            copies.put(name + Network.MOMENTUM, copy(velocity, parts));
          }
        });
    return copies;
  }

  private static float[] copy(INDArray vector, List<Window> parts) {
    float[] copy = new float[length(parts)];
    FloatBuffer memory = HostMemory.of(vector);
    int at = 0;
    for (Window part : parts) {
      part.read(memory, copy, at);
      at += part.length();
    }
    return copy;
  }

  /** Copies what fits by name and size; gives the number of tensors copied. */
  int load(Map<String, float[]> weights) {
    int copied = 0;
    for (Map.Entry<String, float[]> entry : weights.entrySet()) {
      List<Window> parts = byName.get(entry.getKey());
      if (parts != null && length(parts) == entry.getValue().length) {
        put(values, parts, entry.getValue());
        copied++;
      }
    }
    return copied;
  }

  /** Copies all of a checkpoint, or nothing if it is another network's. */
  boolean restore(Map<String, float[]> checkpoint, INDArray velocity) {
    Map<String, float[]> own = checkpoint(velocity);
    boolean fits =
        own.keySet().equals(checkpoint.keySet())
            && own.entrySet().stream()
                .allMatch(e -> hasLength(checkpoint.get(e.getKey()), e.getValue().length));
    if (fits) {
      load(checkpoint);
      byName.forEach(
          (name, parts) -> {
            float[] momentum = checkpoint.get(name + Network.MOMENTUM);
            if (momentum != null) {
              put(velocity, parts, momentum);
            }
          });
    }
    return fits;
  }

  private static boolean hasLength(float @Nullable [] values, int length) {
    return values != null && values.length == length;
  }

  private static void put(INDArray vector, List<Window> parts, float[] source) {
    FloatBuffer memory = HostMemory.of(vector);
    int at = 0;
    for (Window part : parts) {
      part.write(memory, source, at);
      at += part.length();
    }
    HostMemory.written(vector);
  }

  private static int length(List<Window> parts) {
    return parts.stream().mapToInt(Window::length).sum();
  }
}
