package dev.archipelago.controller.schedule.asha;

import dev.archipelago.controller.schedule.Standing;
import dev.archipelago.controller.schedule.Standings;
import dev.archipelago.controller.schedule.StateReader;
import dev.archipelago.controller.schedule.StateWriter;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One rung of the {@link Ladder}.
 *
 * @param begun evaluations that were begun here
 * @param told of them those with a result, failures included
 * @param waiting results that are not promoted
 * @param promoted results that are
 */
record Rung(int begun, int told, Standings waiting, Standings promoted) {
  static final Rung EMPTY = new Rung(0, 0, Standings.NONE, Standings.NONE);

  boolean isOutstanding() {
    return told < begun;
  }

  /** The best that is not promoted, if it is among the best 1/eta of all results. */
  OptionalInt promotable(int eta) {
    if (waiting.isEmpty()) {
      return OptionalInt.empty();
    }
    Standing best = waiting.at(0);
    // All that are better than the best waiting one are promoted: they alone make its rank.
    return promoted.rank(best) < told / eta
        ? OptionalInt.of(best.configuration())
        : OptionalInt.empty();
  }

  /** The best of a rung to which nothing more will come, if it promoted none. */
  OptionalInt lastResort() {
    return promoted.isEmpty() && !waiting.isEmpty()
        ? OptionalInt.of(waiting.at(0).configuration())
        : OptionalInt.empty();
  }

  Rung began() {
    return new Rung(begun + 1, told, waiting, promoted);
  }

  Rung tell(Optional<Standing> result) {
    return new Rung(begun, told + 1, result.map(waiting::with).orElse(waiting), promoted);
  }

  Rung promote(int configuration) {
    int rank = waiting.find(configuration);
    return new Rung(begun, told, waiting.without(rank), promoted.with(waiting.at(rank)));
  }

  void write(StateWriter out) {
    out.whole(begun).whole(told).standings(waiting).standings(promoted);
  }

  static Rung read(StateReader in) {
    int begun = in.whole(0, Integer.MAX_VALUE);
    return new Rung(begun, in.whole(0, begun), in.standings(), in.standings());
  }
}
