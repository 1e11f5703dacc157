package dev.archipelago.controller.schedule.asha;

import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.Standing;
import dev.archipelago.controller.schedule.StateWriter;
import dev.archipelago.controller.schedule.Step;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.pcollections.PVector;

/**
 * The state of {@link Asha}.
 *
 * @param left configurations that may yet be started
 * @param rungs the lowest first; the top one only counts
 */
record Ladder(int eta, int left, PVector<Rung> rungs) implements Scheduler {
  static final char FORMAT = 'A';

  @Override
  public Step next() {
    for (int rung = top() - 1; rung >= 0; rung--) {
      OptionalInt promotable = rungs.get(rung).promotable(eta);
      if (promotable.isPresent()) {
        return new Step.Promote(promotable.getAsInt(), rung + 1);
      }
    }
    return left > 0 ? new Step.Start(0) : last();
  }

  /** What is left when nothing starts any more and no rung has one among its best 1/eta. */
  private Step last() {
    for (int rung = 0; rung < top(); rung++) {
      if (rungs.get(rung).isOutstanding()) {
        return new Step.Wait();
      }
      OptionalInt best = rungs.get(rung).lastResort();
      if (best.isPresent()) {
        return new Step.Promote(best.getAsInt(), rung + 1);
      }
    }
    return new Step.Done("all configurations are started and the best promoted");
  }

  @Override
  public Scheduler began(int configuration, int rung) {
    Rung here = rungs.get(rung).began();
    if (rung == 0) {
      return new Ladder(eta, left - 1, rungs.with(0, here));
    }
    Rung below = rungs.get(rung - 1).promote(configuration);
    return new Ladder(eta, left, rungs.with(rung - 1, below).with(rung, here));
  }

  @Override
  public Scheduler tell(int configuration, int rung, OptionalDouble reward) {
    Optional<Standing> result =
        reward.isPresent() && rung < top()
            ? Optional.of(new Standing(configuration, reward.getAsDouble()))
            : Optional.empty();
    return new Ladder(eta, left, rungs.with(rung, rungs.get(rung).tell(result)));
  }

  @Override
  public Scheduler exhausted() {
    return new Ladder(eta, 0, rungs);
  }

  @Override
  public byte[] encode() {
    StateWriter out = new StateWriter(FORMAT).whole(left);
    rungs.forEach(rung -> rung.write(out));
    return out.bytes();
  }

  private int top() {
    return rungs.size() - 1;
  }
}
