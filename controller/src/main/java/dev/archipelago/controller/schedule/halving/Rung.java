package dev.archipelago.controller.schedule.halving;

import dev.archipelago.controller.schedule.Standing;
import dev.archipelago.controller.schedule.Standings;
import dev.archipelago.controller.schedule.StateReader;
import dev.archipelago.controller.schedule.StateWriter;
import java.util.Optional;

/**
 * One rung of a {@link Bracket}.
 *
 * @param begun evaluations that were begun here
 * @param told of them those with a result, failures included
 * @param results of those that did not fail
 */
record Rung(int begun, int told, Standings results) {
  static final Rung EMPTY = new Rung(0, 0, Standings.NONE);

  Rung began() {
    return new Rung(begun + 1, told, results);
  }

  Rung tell(Optional<Standing> result) {
    return new Rung(begun, told + 1, result.map(results::with).orElse(results));
  }

  void write(StateWriter out) {
    out.whole(begun).whole(told).standings(results);
  }

  static Rung read(StateReader in) {
    int begun = in.whole(0, Integer.MAX_VALUE);
    return new Rung(begun, in.whole(0, begun), in.standings());
  }
}
