package dev.archipelago.controller.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Gathers all that is wrong with a spec, so that its author hears of it at once. */
final class Problems {
  private static final int MOST_SHOWN = 20;

  private final List<Problem> found = new ArrayList<>();

  void add(Place place, String path, String message) {
    found.add(new Problem(place, path, message));
  }

  int count() {
    return found.size();
  }

  /** Refuses the spec if anything was found, in the order of the file; overrides come last. */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    String shown =
        found.stream()
            .sorted(Comparator.comparing(Problem::place, Problems::inOrder))
            .limit(MOST_SHOWN)
            .map(Problem::toString)
            .collect(Collectors.joining("\n"));
    int hidden = found.size() - MOST_SHOWN;
    throw new SpecException(hidden > 0 ? shown + "\n... and " + hidden + " more" : shown);
  }

  private static int inOrder(Place a, Place b) {
    return Comparator.<Place>comparingInt(p -> p.line() == 0 ? Integer.MAX_VALUE : p.line())
        .thenComparingInt(Place::column)
        .compare(a, b);
  }
}
