package dev.archipelago.controller.spec;

import dev.archipelago.controller.space.Spaces;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.Optional;

/** {@code space}: what can be searched. */
final class SpaceReader {
  private SpaceReader() {}

  static Optional<SearchSpace> read(Section space) {
    Spaces spaces;
    try {
      spaces = Spaces.installed();
    } catch (IllegalStateException e) {
      space.problem("kind", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    space.require("kind", String.join(", ", spaces.kinds()));
    Optional<String> kind = space.word("kind", spaces.kinds());
    if (kind.isEmpty()) {
      return Optional.empty(); // which other keys are allowed depends on the kind
    }
    try {
      SearchSpace read = spaces.read(kind.get(), space);
      space.close();
      return Optional.of(read);
    } catch (IllegalArgumentException e) {
      space.problem(e);
      return Optional.empty();
    }
  }
}
