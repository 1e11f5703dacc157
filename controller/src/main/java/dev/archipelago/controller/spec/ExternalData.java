package dev.archipelago.controller.spec;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code dataset: external}: data that only the user's program, or the author of a table, has seen.
 * Their shape serves to count parameters and FLOPs.
 */
final class ExternalData {
  static final String NAME = "external";
  private static final int MOST_CHANNELS = 1024;
  private static final int MOST_PIXELS = 1024;
  private static final int MOST_CLASSES = 100_000;

  private ExternalData() {}

  /** Whether a spec with this evaluator means external data: named so, or not at all. */
  static boolean isMeant(Section spec, Evaluator evaluator) {
    if (evaluator instanceof Evaluator.Engine) {
      return false;
    }
    return !spec.has("dataset") || spec.section("dataset", "name").isWord("name", NAME);
  }

  static DatasetReader.Dataset read(Section dataset) {
    dataset.text("name", NAME, NAME::equals);
    String path = dataset.text("path", "any text, handed to the program", text -> true).orElse("");
    int channels = dataset.integer("channels", 3, 1, MOST_CHANNELS);
    int size = dataset.integer("image-size", 32, 1, MOST_PIXELS);
    int classes = dataset.integer("classes", 10, 2, MOST_CLASSES);
    dataset.close();
    Task task = new Task(new Shape(channels, size, size), classes);
    return new DatasetReader.Dataset(
        Optional.of(new DatasetRef(NAME, path, task, 0)), NAME, 0.2, OptionalInt.empty());
  }

  static void write(YamlText yaml, DatasetRef dataset) {
    yaml.text("name", NAME);
    if (!dataset.path().isEmpty()) {
      yaml.text("path", dataset.path());
    }
    yaml.plain("channels", dataset.task().input().channels());
    yaml.plain("image-size", dataset.task().input().height());
    yaml.plain("classes", dataset.task().classes());
  }
}
