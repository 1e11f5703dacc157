package dev.archipelago.controller.schedule.median;

import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.Standing;
import dev.archipelago.controller.schedule.Standings;
import dev.archipelago.controller.schedule.StateWriter;
import dev.archipelago.controller.schedule.Step;
import java.util.OptionalDouble;
import org.pcollections.PSortedSet;
import org.pcollections.PVector;

/**
 * The state of {@link MedianStopping}.
 *
 * @param left configurations that may yet be started
 * @param outstanding evaluations below the top rung that were begun and not told
 * @param rungs results on the rungs below the top, the lowest first
 * @param due promotions that were decided and not begun
 */
record Race(
    int grace, int left, int outstanding, PVector<Standings> rungs, PSortedSet<Promotion> due)
    implements Scheduler {
  static final char FORMAT = 'M';

  @Override
  public Step next() {
    if (!due.isEmpty()) {
      Promotion promotion = due.first();
      return new Step.Promote(promotion.configuration(), promotion.rung());
    }
    if (left > 0) {
      return new Step.Start(0);
    }
    return outstanding > 0
        ? new Step.Wait()
        : new Step.Done("all configurations are started and none is to go on");
  }

  @Override
  public Scheduler began(int configuration, int rung) {
    return new Race(
        grace,
        rung == 0 ? left - 1 : left,
        isTop(rung) ? outstanding : outstanding + 1,
        rungs,
        rung == 0 ? due : due.minus(new Promotion(rung, configuration)));
  }

  @Override
  public Scheduler tell(int configuration, int rung, OptionalDouble reward) {
    if (isTop(rung)) {
      return this;
    }
    if (reward.isEmpty()) {
      return new Race(grace, left, outstanding - 1, rungs, due);
    }
    Standings others = rungs.get(rung);
    double own = reward.getAsDouble();
    boolean goesOn = rung < grace || own >= others.median().orElse(own);
    return new Race(
        grace,
        left,
        outstanding - 1,
        rungs.with(rung, others.with(new Standing(configuration, own))),
        goesOn ? due.plus(new Promotion(rung + 1, configuration)) : due);
  }

  @Override
  public Scheduler exhausted() {
    return new Race(grace, 0, outstanding, rungs, due);
  }

  @Override
  public byte[] encode() {
    StateWriter out = new StateWriter(FORMAT).whole(left).whole(outstanding);
    rungs.forEach(out::standings);
    out.whole(due.size());
    due.forEach(promotion -> out.whole(promotion.rung()).whole(promotion.configuration()));
    return out.bytes();
  }

  private boolean isTop(int rung) {
    return rung == rungs.size();
  }
}
