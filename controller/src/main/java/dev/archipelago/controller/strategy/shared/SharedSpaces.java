package dev.archipelago.controller.strategy.shared;

import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.SharedSpace;
import java.util.Optional;

/** Which spaces' networks can share weights path by path, and which rounds fit into a message. */
public final class SharedSpaces {

  /** Options of paths in one round: a message on the wire has 200 kB. */
  private static final int MOST_OPTIONS = 150_000;

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
      return (long) rows * paths <= MOST_OPTIONS
          ? Optional.empty()
          : Optional.of(
              "%d paths of %d choices are too many for one round; at most %d fit"
                  .formatted(paths, rows, MOST_OPTIONS / rows));
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
