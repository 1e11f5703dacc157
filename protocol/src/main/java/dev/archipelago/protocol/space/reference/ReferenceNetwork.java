package dev.archipelago.protocol.space.reference;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A published network. */
public enum ReferenceNetwork {
  RESNET_18("resnet-18"),
  RESNET_34("resnet-34"),
  RESNET_50("resnet-50"),
  MOBILENET_V2("mobilenet-v2"),
  MOBILENET_V3_SMALL("mobilenet-v3-small"),
  EFFICIENTNET_B0("efficientnet-b0");

  private final String label;

  ReferenceNetwork(String label) {
    this.label = label;
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
    return switch (this) {
      case RESNET_18 -> ResNet.of18(task);
      case RESNET_34 -> ResNet.of34(task);
      case RESNET_50 -> ResNet.of50(task);
      case MOBILENET_V2 -> MobileNetV2.of(task);
      case MOBILENET_V3_SMALL -> MobileNetV3Small.of(task);
      case EFFICIENTNET_B0 -> EfficientNetB0.of(task);
    };
  }
}
