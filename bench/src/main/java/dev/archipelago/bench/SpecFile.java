package dev.archipelago.bench;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SpecParser;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.worker.data.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A spec, read as the product reads it. */
final class SpecFile {
  private SpecFile() {}

  /** Those that are built in, and those that {@code archipelago data fetch} has fetched. */
  static Datasets datasets() {
    return new Datasets(Path.of(System.getProperty("user.home"), ".archipelago", "datasets"));
  }

  /**
   * @param overrides as {@code --set} takes them
   */
  static SearchSpec read(Path file, List<String> overrides, Datasets datasets) throws IOException {
    DatasetProbe probe =
        new DatasetProbe() {
          @Override
          public List<String> names() {
            return datasets.names();
          }

          @Override
          public Task probe(String name, String path, Examples examples) {
            return datasets.probe(name, path, examples);
          }
        };
    return SpecParser.parse(Files.readString(file), file.toString(), overrides, probe);
  }
}
