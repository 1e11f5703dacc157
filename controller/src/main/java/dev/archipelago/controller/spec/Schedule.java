package dev.archipelago.controller.spec;

import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.full.FullEvaluation;
import java.util.List;

/**
 * How far configurations are evaluated, and who decides it.
 *
 * @param rungs at least one, in ascending order; the last is the whole evaluation
 */
public record Schedule(SchedulerKind kind, List<Rung> rungs) {
  public Schedule {
    rungs = List.copyOf(rungs);
  }

  /** Every configuration is trained to the end. */
  public static Schedule full(int epochs) {
    return new Schedule(new FullEvaluation(), List.of(new Rung.Epochs(epochs)));
  }

  public Rung rung(int number) {
    return rungs.get(number);
  }
}
