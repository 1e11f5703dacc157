package dev.archipelago.controller.space;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.List;

/** {@link CellSpace}; operations by default as in DARTS, §3.1.1, without {@code none}. */
final class CellKind implements SpaceKind {
  private static final List<String> OPERATIONS =
      List.of(
          "skip_connect",
          "max_pool_3x3",
          "avg_pool_3x3",
          "sep_conv_3x3",
          "sep_conv_5x5",
          "dil_conv_3x3",
          "dil_conv_5x5");

  @Override
  public String kind() {
    return CellSpace.KIND;
  }

  @Override
  public SearchSpace read(Settings settings) {
    return new CellSpace(
        settings.integer("nodes", 4, 1, 8),
        settings.choices("operations", OPERATIONS, Operation.labels()).stream()
            .map(label -> Operation.labelled(label).orElseThrow())
            .toList(),
        settings.integer("stages", 3, 1, 5),
        settings.integer("cells", 2, 1, 20),
        settings.integer("filters", 16, 1, 1024));
  }
}
