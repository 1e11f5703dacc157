package dev.archipelago.controller.schedule;

import java.util.Map;

/**
 * A scheduler's entry in the registry: makes it from a spec, and from a snapshot.
 *
 * <p>Immutable; its settings are fields of the implementing record.
 */
public interface SchedulerKind {

  /** The name in a spec's {@code schedule.kind}. */
  String kind();

  /**
   * Every setting with its value in force, in the order of the documentation; values as in {@code
   * StrategyKind.settings}. The rungs are not among them: the search spec has them.
   */
  Map<String, Object> settings();

  /** Raised when the algorithm changes what it does with the same history. */
  int algorithmVersion();

  /** The state before the first configuration. */
  Scheduler start(ScheduleContext context);

  /**
   * The state that {@link Scheduler#encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not such a state
   */
  Scheduler decode(ScheduleContext context, byte[] state);
}
