package dev.archipelago.controller.space;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.Activation;
import dev.archipelago.protocol.space.MlpSpace;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.trial.Examples;
import java.util.List;

/** {@link MlpSpace}; for tables, and for images as rows of pixels. */
final class MlpKind implements SpaceKind {
  private static final List<Integer> UNITS = List.of(16, 32, 64, 128);

  @Override
  public String kind() {
    return MlpSpace.KIND;
  }

  @Override
  public boolean fits(Examples examples) {
    return examples instanceof Examples.Rows || examples instanceof Examples.Images;
  }

  @Override
  public SearchSpace read(Settings settings) {
    return new MlpSpace(
        settings.integer("layers", 3, 1, 16),
        settings.integers("units", UNITS, 1, 4096),
        settings.choices("activations", Activation.labels(), Activation.labels()).stream()
            .map(label -> Activation.labelled(label).orElseThrow())
            .toList(),
        settings.flag("batch-norm", true));
  }
}
