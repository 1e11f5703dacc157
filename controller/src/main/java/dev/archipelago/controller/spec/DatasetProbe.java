package dev.archipelago.controller.spec;

import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import java.util.List;
import java.util.OptionalInt;

/** Looks up the files that a spec names while it is read; the composition root knows how. */
public interface DatasetProbe {

  /** Names of the data sets that a spec may give; empty where any name will do. */
  List<String> names();

  /**
   * Checks that the data set is there and whole.
   *
   * @param path directory or file, or empty for the data directory's own copy or an embedded set
   * @param examples how they are to be taken out of the files
   * @throws IllegalArgumentException saying which file is missing or broken, what was expected, and
   *     how to get it
   */
  Task probe(String name, String path, Examples examples);

  /**
   * How many training images a data set holds before anything is set aside; empty where that is not
   * known without a look at the files. Asked only after {@link #probe} has passed.
   */
  default OptionalInt trainingImages(String name, String path) {
    return OptionalInt.empty();
  }

  /**
   * Checks a table of published results that a spec names, if this probe can read tables at all.
   *
   * @param file absolute path
   * @throws IllegalArgumentException naming the file, and where it is broken the line and column
   */
  default void checkTable(String file) {}

  /** Looks at no file: for a spec whose data set was checked when it was submitted. */
  static DatasetProbe known(Task task) {
    return new DatasetProbe() {
      @Override
      public List<String> names() {
        return List.of();
      }

      @Override
      public Task probe(String name, String path, Examples examples) {
        return task;
      }
    };
  }
}
