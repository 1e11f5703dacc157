package dev.archipelago.controller.space;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.List;

/** {@link ChainSpace}; kernels and filters by default as in Zoph and Le 2017, §4.1. */
final class ChainKind implements SpaceKind {
  private static final List<Integer> KERNELS = List.of(1, 3, 5, 7);
  private static final List<Integer> FILTERS = List.of(24, 36, 48, 64);

  @Override
  public String kind() {
    return ChainSpace.KIND;
  }

  @Override
  public SearchSpace read(Settings settings) {
    return new ChainSpace(
        settings.integer("layers", 6, 1, 32),
        settings.integers("kernels", KERNELS, 1, 31),
        settings.integers("strides", List.of(1, 2), 1, 4),
        settings.integers("filters", FILTERS, 1, 4096),
        settings.flag("skips", true));
  }
}
