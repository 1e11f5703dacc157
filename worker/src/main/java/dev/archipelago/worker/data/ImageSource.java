package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import java.nio.file.Path;
import java.util.List;

/** One kind of data set. All methods throw {@link DatasetException} where it cannot be used. */
interface ImageSource {

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

  /**
   * Checks that all files are there and whole, and says what they hold.
   *
   * @param imageSize height and width to scale to; 0 for the default
   */
  Task probe(Path directory, int imageSize);

  /** Reads the training images, and nothing of the test images. */
  ImageSet train(Path directory, Task task);

  ImageSet test(Path directory, Task task);

  /** Looks at every file; finds all problems instead of throwing at the first. */
  List<FileReport> check(Path directory);
}
