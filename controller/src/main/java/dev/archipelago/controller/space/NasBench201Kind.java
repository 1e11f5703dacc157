package dev.archipelago.controller.space;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.SearchSpace;

/** {@link NasBench201Space}; by default as large as in the paper. */
final class NasBench201Kind implements SpaceKind {
  @Override
  public String kind() {
    return NasBench201Space.KIND;
  }

  @Override
  public SearchSpace read(Settings settings) {
    return new NasBench201Space(
        settings.integer("channels", 16, 1, 256), settings.integer("cells", 5, 1, 20));
  }
}
