package dev.archipelago.controller.spec;

import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.Schedulers;
import dev.archipelago.controller.spec.YamlNode.Mapping;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.strategy.StrategyKind;
import java.util.List;
import java.util.Map;

/** A strategy and a scheduler whose settings stand on a command line, where there is no spec. */
public record PolicySettings(StrategyKind strategy, SchedulerKind scheduler) {
  private static final String SCHEDULE = "schedule";

  /**
   * Reads the settings of both.
   *
   * @param trials as for {@link Strategies#of}
   * @param pairs {@code key=value} of the strategy, {@code schedule.key=value} of the scheduler
   * @throws SpecException listing all settings that are wrong
   * @throws IllegalArgumentException if there is no such kind
   */
  public static PolicySettings read(
      String strategy, int trials, String scheduler, List<String> pairs) {
    Problems problems = new Problems();
    Mapping given = Overrides.apply(new Mapping(Map.of(), Place.whole("--set")), pairs, problems);
    problems.throwIfAny();
    Section settings = new Section(given, problems);
    Section schedule = settings.section(SCHEDULE);
    PolicySettings read =
        new PolicySettings(
            Strategies.of(strategy, trials, settings), Schedulers.of(scheduler, schedule));
    schedule.close();
    settings.close();
    problems.throwIfAny();
    return read;
  }
}
