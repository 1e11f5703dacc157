package dev.archipelago.controller.schedule.halving;

import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Hyperband: Li et al. 2018, arXiv:1603.06560v4, Algorithm 1. Brackets of successive halving that
 * hedge how far a brief training can be trusted: for s = s_max, ..., 0 a bracket of n = ceil((s_max
 * + 1) / (s + 1) * eta^s) configurations, each trained on rung s_max - s at once, so that the first
 * halves the most and the last trains all to the end; then again from the first.
 *
 * <p><b>Departs:</b> the rungs are the spec's, s_max is their number less one; the paper's budgets
 * are equal where each rung costs eta times the one below. Otherwise as {@link SuccessiveHalving}.
 * <b>Checked by:</b> {@code HyperbandTest}.
 *
 * @param eta of how many on a rung one goes on: 2 to 1,000; by default 3
 */
public record Hyperband(int eta) implements SchedulerKind {
  public static final String KIND = "hyperband";

  public static Hyperband read(Settings settings) {
    return new Hyperband(settings.integer("eta", SuccessiveHalving.ETA, 2, 1_000));
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
    return Brackets.start(plan(context), context);
  }

  @Override
  public Scheduler decode(ScheduleContext context, byte[] state) {
    return Brackets.decode(plan(context), context, state);
  }

  private Plan plan(ScheduleContext context) {
    List<Shape> cycle = new ArrayList<>();
    for (int s = context.rungs() - 1; s >= 0; s--) {
      cycle.add(new Shape(size(s, context.rungs()), context.rungs() - 1 - s));
    }
    return new Plan(eta, context.rungs(), cycle);
  }

  /** ceil(rungs / (s + 1) * eta^s), at most what an int holds. */
  private int size(int s, int rungs) {
    long product = rungs;
    for (int i = 0; i < s; i++) {
      product = Math.min(product * eta, Long.MAX_VALUE / 1_000); // the next product still fits
    }
    return (int) Math.min(Integer.MAX_VALUE, (product + s) / (s + 1));
  }
}
