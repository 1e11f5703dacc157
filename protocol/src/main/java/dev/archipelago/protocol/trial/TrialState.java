package dev.archipelago.protocol.trial;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The life of a trial, as one table.
 *
 * <pre>
 *   (proposed) --LEASE--> RUNNING --COMPLETE--> COMPLETED
 *       |                  |  ^ \----FAIL-----> FAILED
 *       |              LOSE|  |LEASE              ^ FAIL (attempts used up, or a late report)
 *       |                  v  |                   |
 *       |                 WAITING ----------------+
 *       |                  |  \----COMPLETE---> COMPLETED   (a late report of a lost attempt)
 *       |                  +---CANCEL---------> CANCELLED   (also from RUNNING)
 *       +------REJECT------------------------> REJECTED     (breaks a limit; never trained)
 * </pre>
 */
public enum TrialState {
  /** Just proposed, in no journal yet. */
  PROPOSED,
  /** Leased to a worker. */
  RUNNING,
  /** Its lease was lost; next in line for a worker. */
  WAITING,
  COMPLETED,
  FAILED,
  REJECTED,
  CANCELLED;

  /** What may happen to a trial. */
  public enum Event {
    LEASE,
    LOSE,
    COMPLETE,
    FAIL,
    REJECT,
    CANCEL
  }

  private static final Map<TrialState, Map<Event, TrialState>> TABLE =
      new EnumMap<>(
          Map.of(
              PROPOSED, Map.of(Event.LEASE, RUNNING, Event.REJECT, REJECTED),
              RUNNING,
                  Map.of(
                      Event.COMPLETE, COMPLETED,
                      Event.FAIL, FAILED,
                      Event.LOSE, WAITING,
                      Event.CANCEL, CANCELLED),
              WAITING,
                  Map.of(
                      Event.LEASE, RUNNING,
                      Event.COMPLETE, COMPLETED,
                      Event.FAIL, FAILED,
                      Event.CANCEL, CANCELLED)));

  /** The table itself: for every state that can be left, where each event leads. */
  public static Map<TrialState, Map<Event, TrialState>> table() {
    return Map.copyOf(TABLE);
  }

  /** Where the event leads; empty where it is not possible in this state. */
  public Optional<TrialState> on(Event event) {
    return Optional.ofNullable(TABLE.getOrDefault(this, Map.of()).get(event));
  }

  /** Whether nothing can happen to it any more. */
  public boolean isOver() {
    return !TABLE.containsKey(this);
  }
}
