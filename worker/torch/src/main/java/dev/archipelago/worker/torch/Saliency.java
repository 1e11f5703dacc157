package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Scores from the gradients of an untrained network's kernels, those of convolutions and dense
 * layers, as Abdelfattah et al. 2021 (arXiv:2101.08134, §3.2) compute them: what a batch norm and a
 * bias hold does not count.
 */
final class Saliency {
  private Saliency() {}

  /**
   * The synaptic flow (Tanaka et al. 2020, arXiv:2006.05467, Eq. 2 and §6; arXiv:2101.08134, §3.2):
   * with the weights' sizes for weights, without batch norms and with an image of ones, the sum
   * over all kernels of |weight x gradient| of the sum of the outputs.
   *
   * <p><b>Departs:</b> the decimal logarithm of it, which orders alike: the sum grows with every
   * layer, and is computed in double precision so that it does not overflow at some 30 layers.
   * <b>Checked by:</b> {@code EngineContract}, against finite differences.
   *
   * @return infinite or NaN beyond double precision's range, and where nothing flows
   */
  static double synflow(NetworkPlan plan, Map<String, float[]> weights, Device device) {
    try (PointerScope scope = new PointerScope()) {
      TensorOptions options =
          new TensorOptions()
              .dtype(new ScalarTypeOptional(ScalarType.Double))
              .device(new DeviceOptional(device));
      Weights positive = new Weights(plan, options);
      positive.load(sizes(weights));
      Shape input = plan.input();
      Tensor ones =
          torch
              .ones(new long[] {1, input.channels(), input.height(), input.width()}, options)
              .contiguous(MemoryFormat.ChannelsLast);
      new Program(plan, positive)
          .along(Selection.none())
          .forward(ones, Norms.BYPASSED)
          .sum()
          .backward();
      double sum = 0;
      for (String kernel : kernels(plan)) {
        sum += positive.get(kernel).mul(positive.gradient(kernel)).abs().sum().item_double();
      }
      return Math.log10(sum);
    }
  }

  private static Map<String, float[]> sizes(Map<String, float[]> weights) {
    Map<String, float[]> sizes = new LinkedHashMap<>();
    weights.forEach(
        (name, values) -> {
          float[] size = new float[values.length];
          for (int i = 0; i < size.length; i++) {
            size[i] = Math.abs(values[i]);
          }
          sizes.put(name, size);
        });
    return sizes;
  }

  /**
   * The norms of the gradient of each kernel, added up (arXiv:2101.08134, §3.1 and the authors'
   * code). <b>Checked by:</b> {@code EngineContract}, against a training step.
   *
   * @param weights after a backward pass
   */
  static double gradNorm(NetworkPlan plan, Weights weights) {
    return kernels(plan).stream().mapToDouble(k -> weights.gradient(k).norm().item_double()).sum();
  }

  private static List<String> kernels(NetworkPlan plan) {
    return plan.parameters().stream()
        .filter(parameter -> parameter.dimensions().size() > 1)
        .map(Parameter::name)
        .toList();
  }
}
