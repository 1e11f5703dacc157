package dev.archipelago.controller.schedule.halving;

import dev.archipelago.controller.schedule.Standing;
import dev.archipelago.controller.schedule.StateReader;
import dev.archipelago.controller.schedule.StateWriter;
import dev.archipelago.controller.schedule.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * Configurations that compete with one another. Their numbers have those of no other bracket
 * between them.
 *
 * @param first number of its first configuration
 * @param size configurations that start in it
 * @param bottom the rung where they start
 * @param rungs from the bottom to the top
 */
record Bracket(int first, int size, int bottom, PVector<Rung> rungs) {

  static Bracket open(Plan plan, int first, int size, int bottom) {
    List<Rung> rungs = new ArrayList<>();
    for (int rung = bottom; rung <= plan.top(); rung++) {
      rungs.add(Rung.EMPTY);
    }
    return new Bracket(first, size, bottom, TreePVector.from(rungs));
  }

  boolean isFull() {
    return rungs.get(0).begun() == size;
  }

  /** A promotion or a start; empty while it waits for results, and when it is finished. */
  Optional<Step> next(int eta) {
    int expected = size;
    for (int i = 0; i + 1 < rungs.size() && rungs.get(i).told() == expected; i++) {
      int begunAbove = rungs.get(i + 1).begun();
      int promoted = promoted(i, expected, eta);
      if (begunAbove < promoted) {
        int configuration = rungs.get(i).results().at(begunAbove).configuration();
        return Optional.of(new Step.Promote(configuration, bottom + i + 1));
      }
      expected = promoted;
    }
    return isFull() ? Optional.empty() : Optional.of(new Step.Start(bottom));
  }

  /** Whether every rung has all the results that it will ever have. */
  boolean isFinished(int eta) {
    int expected = size;
    for (int i = 0; i < rungs.size(); i++) {
      if (rungs.get(i).told() != expected) {
        return false;
      }
      expected = promoted(i, expected, eta);
    }
    return true;
  }

  /** How many of a rung with all its results go on. */
  private int promoted(int i, int expected, int eta) {
    return Math.min(rungs.get(i).results().size(), Math.max(1, expected / eta));
  }

  Bracket began(int rung) {
    int i = rung - bottom;
    return with(i, rungs.get(i).began());
  }

  Bracket tell(int configuration, int rung, OptionalDouble reward) {
    int i = rung - bottom;
    Optional<Standing> result =
        reward.isPresent()
            ? Optional.of(new Standing(configuration, reward.getAsDouble()))
            : Optional.empty();
    return with(i, rungs.get(i).tell(result));
  }

  private Bracket with(int i, Rung rung) {
    return new Bracket(first, size, bottom, rungs.with(i, rung));
  }

  /** No other will start in it. */
  Bracket close() {
    return new Bracket(first, rungs.get(0).begun(), bottom, rungs);
  }

  void write(StateWriter out) {
    out.whole(first).whole(size).whole(bottom);
    rungs.forEach(rung -> rung.write(out));
  }

  static Bracket read(Plan plan, StateReader in) {
    int first = in.whole(0, Integer.MAX_VALUE);
    int size = in.whole(1, Integer.MAX_VALUE);
    int bottom = in.whole(0, plan.top());
    List<Rung> rungs = new ArrayList<>();
    for (int rung = bottom; rung <= plan.top(); rung++) {
      rungs.add(Rung.read(in));
    }
    return new Bracket(first, size, bottom, TreePVector.from(rungs));
  }
}
