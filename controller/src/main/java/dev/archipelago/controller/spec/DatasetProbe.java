package dev.archipelago.controller.spec;

import dev.archipelago.protocol.space.Task;
import java.util.List;

/** Looks a data set up while a spec is read; the composition root knows how. */
public interface DatasetProbe {

  /** Names of the data sets that a spec may give. */
  List<String> names();

  /**
   * Checks that the data set is there and whole.
   *
   * @param path directory, or empty for the data directory's own copy or an embedded set
   * @param imageSize height and width to which a folder's images are scaled; 0 for its default
   * @throws IllegalArgumentException saying which file is missing or broken, what was expected, and
   *     how to get it
   */
  Task probe(String name, String path, int imageSize);
}
