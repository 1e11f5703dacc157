package dev.archipelago.controller.spec;

import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code dataset}: which examples, how many, and what is held out. */
final class DatasetReader {
  /** A directory of the user's, with one folder of images a class. */
  static final String FOLDER = "folder";

  /** A table of the user's. */
  static final String CSV = "csv";

  /** A text of the user's. */
  static final String TEXT = "text";

  private DatasetReader() {}

  /**
   * What was read.
   *
   * @param ref empty if anything was wrong, since a task needs the files
   * @param name empty if it was wrong
   */
  record Dataset(
      Optional<DatasetRef> ref,
      String name,
      double validationFraction,
      OptionalInt trainingImages) {}

  static Dataset read(Section dataset, DatasetProbe probe, Problems problems) {
    int before = problems.count();
    String name = name(dataset, probe.names());
    String path = path(dataset, "path", "a directory or file");
    int limit =
        dataset.isWord("limit", "all") ? 0 : dataset.integer("limit", 0, 1, Integer.MAX_VALUE);
    Examples examples = examples(dataset, name);
    double validation = dataset.number("validation", 0.2, 0.001, 0.9);
    dataset.close();
    Optional<Task> task =
        problems.count() == before && !name.isEmpty()
            ? probe(dataset, probe, name, path, examples)
            : Optional.empty();
    return new Dataset(
        task.map(
            known -> new DatasetRef(name, path, resolved(name, examples, known), known, limit)),
        name,
        validation,
        task.isPresent() ? probe.trainingImages(name, path) : OptionalInt.empty());
  }

  private static Examples examples(Section dataset, String name) {
    return switch (name) {
      case FOLDER -> {
        dataset.require("path", "the directory with one folder of images for each class");
        yield new Examples.Images(dataset.integer("image-size", 0, 8, 1024));
      }
      case CSV -> {
        dataset.require("path", "the file with the table, .csv or .csv.gz");
        String label = dataset.text("label", "the name of a column", text -> true).orElse("");
        yield new Examples.Rows(label, path(dataset, "test", "a file"));
      }
      case TEXT -> {
        dataset.require("path", "the file with the text, .txt or .txt.gz");
        yield new Examples.Windows(dataset.integer("window", 32, 1, 4096));
      }
      default -> new Examples.Images(0);
    };
  }

  /** With the folder's default size written out. */
  private static Examples resolved(String name, Examples examples, Task task) {
    return name.equals(FOLDER) ? new Examples.Images(task.input().height()) : examples;
  }

  private static String name(Section dataset, List<String> names) {
    if (names.isEmpty()) {
      dataset.require("name", "the name of a data set");
      return dataset.text("name", "a name", text -> true).orElse("");
    }
    dataset.require("name", String.join(", ", names));
    return dataset.word("name", names).orElse("");
  }

  /** Absolute, so that a search that is resumed from elsewhere finds its files again. */
  private static String path(Section dataset, String key, String kind) {
    return dataset
        .scalar(
            key,
            kind + ", absolute or seen from where the controller was started",
            scalar -> absolute(scalar.text()))
        .orElse("");
  }

  static Optional<String> absolute(String path) {
    try {
      return Optional.of(Path.of(path).toAbsolutePath().normalize().toString());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Task> probe(
      Section dataset, DatasetProbe probe, String name, String path, Examples examples) {
    try {
      return Optional.of(probe.probe(name, path, examples));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      dataset.problem(path.isEmpty() ? "name" : "path", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
