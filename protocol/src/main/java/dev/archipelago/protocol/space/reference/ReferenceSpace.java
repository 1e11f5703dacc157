package dev.archipelago.protocol.space.reference;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.Task;
import java.util.List;
import java.util.Map;

/**
 * Published networks, one decision: which. What a search's own network is compared with.
 *
 * <p><b>Departs:</b> on images of up to 64 pixels the first two strides are left out, and of a
 * ResNet's stem the 7x7 convolution becomes 3x3 and the pool goes, as is usual for CIFAR; there is
 * no dropout and no stochastic depth. <b>Checked by:</b> {@code ReferenceSpaceTest} (parameters at
 * 224x224 and 1,000 classes are torchvision's).
 */
public record ReferenceSpace(List<ReferenceNetwork> networks) implements SearchSpace {

  public static final String KIND = "reference";

  public ReferenceSpace {
    networks = List.copyOf(networks);
    if (networks.isEmpty() || networks.stream().distinct().count() < networks.size()) {
      throw new IllegalArgumentException("networks must be a list of different networks");
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  private List<String> labels() {
    return networks.stream().map(ReferenceNetwork::label).toList();
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("networks", labels());
  }

  @Override
  public List<Decision> decisions() {
    return List.of(new Decision.Choice("reference/network", "network", labels()));
  }

  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    return networks.get(architecture.value(0)).plan(task);
  }
}
