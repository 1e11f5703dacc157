package dev.archipelago.controller.forecast;

import dev.archipelago.protocol.trial.Stage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A search on a number of workers.
 *
 * @param parts those that it has
 * @param stages all of them
 * @param rungs expected trials of the strategy on each rung, the lowest first
 * @param seconds from the first trial to the last
 * @param deviceSeconds of workers' time in all
 */
public record Outlook(
    int workers,
    Map<Part, Estimate> parts,
    Map<Stage, StageEstimate> stages,
    List<Double> rungs,
    Range seconds,
    Range deviceSeconds) {
  public Outlook {
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
    stages = Collections.unmodifiableMap(new EnumMap<>(stages));
    rungs = List.copyOf(rungs);
  }

  /**
   * How long it goes on.
   *
   * @param now the stage that it is in
   * @param spent workers' time that trials of this stage have taken, in seconds
   */
  public Range remainingSeconds(Stage now, double spent) {
    Range sum = Range.ZERO;
    for (Map.Entry<Stage, StageEstimate> stage : stages.entrySet()) {
      Range seconds = stage.getValue().seconds();
      Range whole = stage.getValue().deviceSeconds();
      sum = sum.plus(seconds.times(left(stage.getKey(), whole, now, spent), whole));
    }
    return sum;
  }

  /** The workers' time that it still takes; as {@link #remainingSeconds}. */
  public Range remainingDeviceSeconds(Stage now, double spent) {
    Range sum = Range.ZERO;
    for (Map.Entry<Stage, StageEstimate> stage : stages.entrySet()) {
      sum = sum.plus(left(stage.getKey(), stage.getValue().deviceSeconds(), now, spent));
    }
    return sum;
  }

  private static Range left(Stage stage, Range whole, Stage now, double spent) {
    int order = stage.compareTo(now);
    return order < 0 ? Range.ZERO : order > 0 ? whole : Range.left(whole, spent);
  }
}
