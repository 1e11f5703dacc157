package dev.archipelago.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.worker.engine.Network.Sgd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What tests read from a network, and their arithmetic on it. */
final class Readings {
  private Readings() {}

  static float[] infer(Network network, NetworkPlan plan, Batch batch) {
    float[] logits = new float[batch.size() * plan.classes()];
    network.infer(batch, logits);
    return logits;
  }

  static double[] image(Batch batch, int index) {
    double[] image = new double[batch.elements()];
    for (int i = 0; i < image.length; i++) {
      image[i] = batch.images().get(index * image.length + i);
    }
    return image;
  }

  /** The gradient of a batch's loss, read from a step of rate 1 without momentum. */
  static Map<String, float[]> gradients(Network network, Map<String, float[]> at, Batch batch) {
    network.load(at);
    network.step(batch, new Sgd(1, 0, 0, 0));
    Map<String, float[]> after = network.weights();
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      String name = parameter.name();
      gradients.put(name, combine(at.get(name), 1, after.get(name), -1));
    }
    return gradients;
  }

  static List<Integer> bits(Map<String, float[]> weights) {
    List<Integer> bits = new ArrayList<>();
    for (float[] values : weights.values()) {
      for (float value : values) {
        bits.add(Float.floatToRawIntBits(value));
      }
    }
    return bits;
  }

  static float[] combine(float[] x, double a, float[] y, double b) {
    float[] sum = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      sum[i] = (float) (a * x[i] + b * y[i]);
    }
    return sum;
  }

  static double norm(Map<String, float[]> tensors) {
    double squares = 0;
    for (float[] values : tensors.values()) {
      squares += Math.pow(norm(values), 2);
    }
    return Math.sqrt(squares);
  }

  static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  static void assertClose(String name, float[] actual, float[] expected) {
    assertThat(actual).as(name).containsExactly(expected, within(1e-5f));
  }

  /** What the process holds of the machine's memory. */
  static long residentBytes() {
    try {
      String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
      return Long.parseLong(pages) * 4096;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Of this process, without the Java heap, all of which has to be touched at the start: a heap
   * that fills for the first time would look like a leak.
   */
  static long nativeBytes() {
    return residentBytes() - Runtime.getRuntime().totalMemory();
  }
}
