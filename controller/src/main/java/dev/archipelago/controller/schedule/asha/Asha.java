package dev.archipelago.controller.schedule.asha;

import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.StateReader;
import dev.archipelago.controller.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pcollections.TreePVector;

/**
 * Asynchronous successive halving: Li et al. 2018, arXiv:1810.05934, Algorithm 2. Whenever a worker
 * is free, the highest rung that has a configuration among its best 1/eta and not yet promoted
 * promotes it; where no rung has, a new configuration starts. So no worker ever waits for a
 * straggler while the budget lasts.
 *
 * <p><b>Departs:</b> the rungs are the spec's, with s = 0. A failure counts as the worst result of
 * its rung and is never promoted. When nothing more can come to a rung that promoted none, because
 * it has fewer than eta results, its best is promoted: a search that is shorter than its bracket
 * still trains one configuration to the end. <b>Checked by:</b> {@code AshaTest}.
 *
 * @param eta of how many on a rung one goes on: 2 to 1,000; by default 3
 */
public record Asha(int eta) implements SchedulerKind {
  public static final String KIND = "asha";

  private static final int ETA = 3;

  public static Asha read(Settings settings) {
    return new Asha(settings.integer("eta", ETA, 2, 1_000));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("eta", eta);
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Scheduler start(ScheduleContext context) {
    List<Rung> rungs = new ArrayList<>();
    for (int i = 0; i < context.rungs(); i++) {
      rungs.add(Rung.EMPTY);
    }
    return new Ladder(eta, context.configurations(), TreePVector.from(rungs));
  }

  @Override
  public Scheduler decode(ScheduleContext context, byte[] state) {
    StateReader in = new StateReader(Ladder.FORMAT, state);
    int left = in.whole(0, context.configurations());
    List<Rung> rungs = new ArrayList<>();
    for (int i = 0; i < context.rungs(); i++) {
      rungs.add(Rung.read(in));
    }
    in.end();
    return new Ladder(eta, left, TreePVector.from(rungs));
  }
}
