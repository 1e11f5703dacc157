package dev.archipelago.controller.space;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.SequenceSpace;
import dev.archipelago.protocol.trial.Examples;
import java.util.List;

/** {@link SequenceSpace}; for text. */
final class SequenceKind implements SpaceKind {

  @Override
  public String kind() {
    return SequenceSpace.KIND;
  }

  @Override
  public boolean fits(Examples examples) {
    return examples instanceof Examples.Windows;
  }

  @Override
  public SearchSpace read(Settings settings) {
    return new SequenceSpace(
        settings.integers("embeddings", List.of(16, 32, 64), 1, 4096),
        settings.choices("cells", Cell.labels(), Cell.labels()).stream()
            .map(label -> Cell.labelled(label).orElseThrow())
            .toList(),
        settings.integer("layers", 2, 1, 8),
        settings.integers("units", List.of(64, 128), 1, 4096),
        settings.integers("dense", List.of(0, 64), 0, 4096));
  }
}
