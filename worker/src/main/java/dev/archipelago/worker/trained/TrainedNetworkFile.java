package dev.archipelago.worker.trained;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.wire.PlanCodec;
import dev.archipelago.protocol.wire.proto.PlanProto;
import dev.archipelago.worker.trained.TrainedNetwork.Probe;
import dev.archipelago.worker.trained.TrainedNetwork.Scaling;
import dev.archipelago.worker.weights.Safetensors;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trained network as a safetensors file: weights under the plan's names, the probe as {@code
 * probe.inputs} and {@code probe.logits}, the rest as texts in the header, of which {@code plan} is
 * the plan's protobuf in base 64. Equal networks give equal bytes.
 */
public final class TrainedNetworkFile {
  private static final String FORMAT = "archipelago-network/1";
  private static final String KEY_FORMAT = "format";
  private static final String KEY_PLAN = "plan";
  private static final String KEY_MEAN = "mean";
  private static final String KEY_DEVIATION = "deviation";
  private static final String ORIGIN = "origin.";
  private static final String INPUTS = "probe.inputs";
  private static final String LOGITS = "probe.logits";

  private TrainedNetworkFile() {}

  /**
   * @throws ArithmeticException if that is more than an array holds, 2 GiB
   */
  public static byte[] write(TrainedNetwork network) {
    NetworkPlan plan = network.plan();
    Map<String, List<Integer>> shapes =
        plan.parameters().stream()
            .collect(Collectors.toMap(Parameter::name, Parameter::dimensions, (a, b) -> a));
    Shape input = plan.input();
    Probe probe = network.probe();
    shapes.put(INPUTS, List.of(probe.size(), input.channels(), input.height(), input.width()));
    shapes.put(LOGITS, List.of(probe.size(), plan.classes()));
    Map<String, float[]> tensors = new LinkedHashMap<>();
    network.weights().keySet().stream()
        .sorted()
        .forEach(name -> tensors.put(name, network.weights().get(name)));
    tensors.put(INPUTS, probe.inputs());
    tensors.put(LOGITS, probe.logits());
    Map<String, String> texts = new HashMap<>();
    texts.put(KEY_FORMAT, FORMAT);
    texts.put(KEY_PLAN, Base64.getEncoder().encodeToString(PlanCodec.toProto(plan).toByteArray()));
    texts.put(KEY_MEAN, text(network.normalization().mean()));
    texts.put(KEY_DEVIATION, text(network.normalization().deviation()));
    network.origin().forEach((key, value) -> texts.put(ORIGIN + key, value));
    return Safetensors.write(tensors, shapes, texts);
  }

  /**
   * @throws IOException if these are no network, or its weights are not its plan's
   */
  public static TrainedNetwork read(byte[] bytes) throws IOException {
    Map<String, String> texts = Safetensors.metadata(bytes);
    if (!FORMAT.equals(texts.get(KEY_FORMAT))) {
      throw new IOException(
          "no trained network of Archipelago: its header names the format "
              + texts.getOrDefault(KEY_FORMAT, "of nobody")
              + ", not "
              + FORMAT);
    }
    Map<String, float[]> weights = Safetensors.read(bytes);
    float[] inputs = weights.remove(INPUTS);
    float[] logits = weights.remove(LOGITS);
    try {
      NetworkPlan plan = plan(texts.getOrDefault(KEY_PLAN, ""));
      checkWeights(plan, weights);
      if (inputs == null || logits == null || logits.length % plan.classes() != 0) {
        throw new IOException("a trained network without its probe");
      }
      Map<String, String> origin = new HashMap<>();
      texts.forEach(
          (key, value) -> {
            if (key.startsWith(ORIGIN)) {
              origin.put(key.substring(ORIGIN.length()), value);
            }
          });
      return new TrainedNetwork(
          plan,
          weights,
          new Scaling(
              numbers(texts.getOrDefault(KEY_MEAN, "")),
              numbers(texts.getOrDefault(KEY_DEVIATION, ""))),
          new Probe(logits.length / plan.classes(), inputs, logits),
          origin);
    } catch (IllegalArgumentException e) {
      throw new IOException("a trained network with a broken header: " + e.getMessage(), e);
    }
  }

  private static NetworkPlan plan(String text) throws IOException {
    return PlanCodec.fromProto(PlanProto.NetworkPlan.parseFrom(Base64.getDecoder().decode(text)));
  }

  private static void checkWeights(NetworkPlan plan, Map<String, float[]> weights)
      throws IOException {
    for (Parameter parameter : plan.parameters()) {
      float[] values = weights.get(parameter.name());
      if (values == null || values.length != parameter.elements()) {
        throw new IOException(
            "a trained network without its weights " + parameter.name() + parameter.dimensions());
      }
    }
  }

  private static String text(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static List<Double> numbers(String text) {
    Stream<String> words = Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
    return words.map(Double::valueOf).toList();
  }
}
