package dev.archipelago.controller.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Runs schedulers by hand, one evaluation at a time, against rewards that are written down. */
public final class Races {
  private Races() {}

  /** What a configuration gives on a rung. */
  public interface Rewards {
    OptionalDouble of(int configuration, int rung);
  }

  /**
   * All evaluations of a search with one worker, in their order, each as {@code
   * "configuration@rung"}.
   */
  public static List<String> run(SchedulerKind kind, ScheduleContext context, Rewards rewards) {
    Scheduler scheduler = kind.start(context);
    List<String> seen = new ArrayList<>();
    int started = 0;
    while (true) {
      Step step = scheduler.next();
      int configuration;
      int rung;
      if (step instanceof Step.Start start && started < context.configurations()) {
        configuration = started++;
        rung = start.rung();
      } else if (step instanceof Step.Promote promote) {
        configuration = promote.configuration();
        rung = promote.rung();
      } else if (step instanceof Step.Wait) {
        throw new AssertionError("waits while nothing is outstanding, after " + seen);
      } else {
        return seen;
      }
      seen.add(configuration + "@" + rung);
      scheduler =
          scheduler
              .began(configuration, rung)
              .tell(configuration, rung, rewards.of(configuration, rung));
    }
  }

  /** How many configurations were evaluated on each rung. */
  public static Map<Integer, Integer> perRung(List<String> evaluations) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (String evaluation : evaluations) {
      int rung = Integer.parseInt(evaluation.substring(evaluation.indexOf('@') + 1));
      counts.merge(rung, 1, Integer::sum);
    }
    return counts;
  }
}
