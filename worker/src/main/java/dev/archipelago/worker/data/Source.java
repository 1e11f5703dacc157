package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import java.nio.file.Path;
import java.util.List;

/** One kind of data set. All methods throw {@link DatasetException} where it cannot be used. */
interface Source {

  String name();

  /** One line. */
  String description();

  /**
   * Where its files lie.
   *
   * @param home the directory of all data sets
   * @param path what the user gave; empty for the default, {@code home/name}
   */
  default Path locate(Path home, String path) {
    return path.isEmpty() ? home.resolve(name()) : Path.of(path);
  }

  /** Checks that all files are there and whole, and says what they hold. */
  Task probe(Path place, Examples examples);

  /** Reads the training examples, and keeps nothing of the test examples. */
  ExampleSet train(Path place, Examples examples, Task task);

  ExampleSet test(Path place, Examples examples, Task task);

  /** Looks at every file; finds all problems instead of throwing at the first. */
  List<FileReport> check(Path place);

  /** The examples as the kind that this source reads. */
  default <T extends Examples> T as(Class<T> kind, Examples examples) {
    if (!kind.isInstance(examples)) {
      throw new DatasetException("data set %s does not hold %s".formatted(name(), examples.noun()));
    }
    return kind.cast(examples);
  }
}
