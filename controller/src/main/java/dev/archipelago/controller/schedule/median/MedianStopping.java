package dev.archipelago.controller.schedule.median;

import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.Standings;
import dev.archipelago.controller.schedule.StateReader;
import dev.archipelago.controller.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;

/**
 * The median stopping rule: Golovin et al. 2017 (Google Vizier), §3.2.2. A configuration goes on to
 * the next rung unless its reward is below the median of the others' on this rung; the median of an
 * even number is the mean of the two in the middle.
 *
 * <p><b>Departs:</b> compares rewards on one rung, where the paper compares the best objective so
 * far with the others' running averages: rewards are comparable on one rung only. The others are
 * those told before it, stopped ones included, failures not; the first on a rung goes on.
 * <b>Checked by:</b> {@code MedianStoppingTest}.
 *
 * @param grace rungs, from the lowest, on which none is stopped: 0 to 1,000; by default 0
 */
public record MedianStopping(int grace) implements SchedulerKind {
  public static final String KIND = "median-stopping";

  public static MedianStopping read(Settings settings) {
    return new MedianStopping(settings.integer("grace", 0, 0, 1_000));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("grace", grace);
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Scheduler start(ScheduleContext context) {
    List<Standings> rungs = new ArrayList<>();
    for (int rung = 0; rung < context.rungs() - 1; rung++) {
      rungs.add(Standings.NONE);
    }
    return new Race(grace, context.configurations(), 0, TreePVector.from(rungs), TreePSet.empty());
  }

  @Override
  public Scheduler decode(ScheduleContext context, byte[] state) {
    StateReader in = new StateReader(Race.FORMAT, state);
    int left = in.whole(0, context.configurations());
    int outstanding = in.whole(0, Integer.MAX_VALUE);
    List<Standings> rungs = new ArrayList<>();
    for (int rung = 0; rung < context.rungs() - 1; rung++) {
      rungs.add(in.standings());
    }
    int due = in.whole(0, Integer.MAX_VALUE);
    List<Promotion> promotions = new ArrayList<>();
    for (int i = 0; i < due; i++) {
      int rung = in.whole(1, context.rungs() - 1);
      promotions.add(new Promotion(rung, in.whole(0, Integer.MAX_VALUE)));
    }
    in.end();
    return new Race(grace, left, outstanding, TreePVector.from(rungs), TreePSet.from(promotions));
  }
}
