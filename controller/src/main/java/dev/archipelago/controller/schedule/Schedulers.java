package dev.archipelago.controller.schedule;

import dev.archipelago.controller.schedule.asha.Asha;
import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.schedule.halving.Hyperband;
import dev.archipelago.controller.schedule.halving.SuccessiveHalving;
import dev.archipelago.controller.schedule.median.MedianStopping;
import dev.archipelago.controller.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The registry: every kind of scheduler that a spec can name. */
public final class Schedulers {
  private static final Map<String, Function<Settings, SchedulerKind>> READERS =
      new TreeMap<>(
          Map.of(
              FullEvaluation.KIND,
              settings -> new FullEvaluation(),
              SuccessiveHalving.KIND,
              SuccessiveHalving::read,
              Hyperband.KIND,
              Hyperband::read,
              Asha.KIND,
              Asha::read,
              MedianStopping.KIND,
              MedianStopping::read));

  private Schedulers() {}

  /** The names for {@code schedule.kind}, in alphabetical order. */
  public static List<String> kinds() {
    return List.copyOf(READERS.keySet());
  }

  /**
   * The kind with its settings, every default resolved.
   *
   * @throws IllegalArgumentException if there is no such kind; bad settings are refused by {@code
   *     settings} itself
   */
  public static SchedulerKind of(String kind, Settings settings) {
    Function<Settings, SchedulerKind> reader = READERS.get(kind);
    if (reader == null) {
      throw new IllegalArgumentException(
          "no scheduler is called \"" + kind + "\"; there are " + String.join(", ", kinds()));
    }
    return reader.apply(settings);
  }
}
