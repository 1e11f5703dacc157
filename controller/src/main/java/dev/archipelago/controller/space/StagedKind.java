package dev.archipelago.controller.space;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.BlockFamily;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.StagedSpace;
import java.util.List;

/** {@link StagedSpace}; by default for images of some 32 pixels and a CPU. */
final class StagedKind implements SpaceKind {
  @Override
  public String kind() {
    return StagedSpace.KIND;
  }

  @Override
  public SearchSpace read(Settings settings) {
    List<String> families = BlockFamily.labels();
    return new StagedSpace(
        settings.integer("stages", 3, 1, 7),
        settings.choices("families", families, families).stream()
            .map(label -> BlockFamily.labelled(label).orElseThrow())
            .toList(),
        settings.integers("kernels", List.of(3, 5), 1, 31),
        settings.integers("expansions", List.of(3, 6), 1, 8),
        settings.integers("squeeze-excite", List.of(0, 4), 0, 64),
        settings.integers("widths", List.of(16, 24, 32, 48, 64), 1, 4096),
        settings.integers("depths", List.of(1, 2, 3), 1, 16),
        settings.integers("resolutions", List.of(0), 0, 1024),
        settings.integer("stem", 16, 1, 1024));
  }
}
