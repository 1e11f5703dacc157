package dev.archipelago.controller.schedule.halving;

import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Successive halving: Jamieson and Talwalkar 2016, arXiv:1502.07943, with a factor eta as in the
 * inner loop of arXiv:1603.06560, Algorithm 1. Of a bracket of n configurations on a rung the best
 * floor(n / eta) go on to the next, when all n have their results.
 *
 * <p><b>Departs:</b> where floor(n / eta) is 0 the best one goes on. A failure counts in n and is
 * never promoted. While a bracket waits for its last results the next one begins, so that workers
 * are not idle; the last bracket holds what the budget leaves for it. <b>Checked by:</b> {@code
 * SuccessiveHalvingTest}.
 *
 * @param eta of how many on a rung one goes on: 2 to 1,000; by default 3
 * @param configurations in one bracket: up to 1,000,000; 0, the default, is the whole budget
 */
public record SuccessiveHalving(int eta, int configurations) implements SchedulerKind {
  public static final String KIND = "successive-halving";

  static final int ETA = 3;

  public static SuccessiveHalving read(Settings settings) {
    return new SuccessiveHalving(
        settings.integer("eta", ETA, 2, 1_000),
        settings.integer("configurations", 0, 0, 1_000_000));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("eta", eta);
    settings.put("configurations", configurations);
    return settings;
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
    int size = configurations == 0 ? Math.max(1, context.bracket()) : configurations;
    return new Plan(eta, context.rungs(), List.of(new Shape(size, 0)));
  }
}
