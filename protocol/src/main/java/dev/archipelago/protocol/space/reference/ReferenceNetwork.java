package dev.archipelago.protocol.space.reference;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A published network. */
public enum ReferenceNetwork {
  RESNET_18("resnet-18", ResNet::of18),
  RESNET_34("resnet-34", ResNet::of34),
  RESNET_50("resnet-50", ResNet::of50),
  MOBILENET_V2("mobilenet-v2", MobileNetV2::of),
  MOBILENET_V3_SMALL("mobilenet-v3-small", MobileNetV3Small::of),
  EFFICIENTNET_B0("efficientnet-b0", EfficientNetB0::of);

  private final String label;
  private final Function<Task, NetworkPlan> plan;

  ReferenceNetwork(String label, Function<Task, NetworkPlan> plan) {
    this.label = label;
    this.plan = plan;
  }

  /** The name in the literature and in specs. */
  public String label() {
    return label;
  }

  public static Optional<ReferenceNetwork> labelled(String label) {
    return Arrays.stream(values()).filter(network -> network.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(ReferenceNetwork::label).toList();
  }

  /** The network for a task; without its first two strides on images of up to 64 pixels. */
  public NetworkPlan plan(Task task) {
    return plan.apply(task);
  }
}
