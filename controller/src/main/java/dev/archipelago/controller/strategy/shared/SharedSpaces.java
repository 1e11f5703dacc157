package dev.archipelago.controller.strategy.shared;

import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.SharedSpace;
import java.util.Optional;

/** Which spaces' networks can share weights path by path, and which rounds fit into a message. */
public final class SharedSpaces {

  /**
   * Options and paths of one round. A message on the wire has 200 kB. On the way out an option
   * takes up to 2 bytes and a path 2 more for its length, 134 kB together; a supernet and all else
   * have to do with the rest. On the way back a path's score takes up to 26 bytes: two doubles, a
   * number of examples, and their tags; 182 kB.
   */
  private static final int MOST_OPTIONS = 60_000;

  private static final int MOST_PATHS = 7_000;

  private SharedSpaces() {}

  /**
   * Why rounds cannot be on a space, as a sentence; empty where they can.
   *
   * @param paths of one round, at most
   */
  public static Optional<String> obstacle(SearchSpace space, int paths) {
    if (!(space instanceof SharedSpace shared)) {
      return Optional.of("networks of space \"" + space.kind() + "\" cannot share weights");
    }
    try {
      int rows = shared.rows().size();
      int most = Math.min(MOST_PATHS, MOST_OPTIONS / Math.max(1, rows));
      return paths <= most
          ? Optional.empty()
          : Optional.of(
              "%d paths of %d choices are too many for one round; at most %d fit"
                  .formatted(paths, rows, most));
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * @throws IllegalArgumentException if its networks cannot share weights
   */
  public static SharedSpace of(SearchSpace space) {
    if (space instanceof SharedSpace shared) {
      return shared;
    }
    throw new IllegalArgumentException(
        "networks of space \"" + space.kind() + "\" cannot share weights");
  }
}
