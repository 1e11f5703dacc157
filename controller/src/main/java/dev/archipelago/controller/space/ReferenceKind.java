package dev.archipelago.controller.space;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.reference.ReferenceNetwork;
import dev.archipelago.protocol.space.reference.ReferenceSpace;
import java.util.List;

/** {@link ReferenceSpace}; by default of all networks. */
final class ReferenceKind implements SpaceKind {
  @Override
  public String kind() {
    return ReferenceSpace.KIND;
  }

  @Override
  public SearchSpace read(Settings settings) {
    List<String> networks = ReferenceNetwork.labels();
    return new ReferenceSpace(
        settings.choices("networks", networks, networks).stream()
            .map(label -> ReferenceNetwork.labelled(label).orElseThrow())
            .toList());
  }
}
