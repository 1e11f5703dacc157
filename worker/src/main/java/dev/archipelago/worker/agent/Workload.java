package dev.archipelago.worker.agent;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.wire.ToController.Attempt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that a worker holds: at most one in training, the others in the order in which they
 * came. One thread uses it; only {@link Running#cancelled} is read by another.
 */
final class Workload {
  private final int capacity;
  private final Map<Attempt, Assignment> waiting = new LinkedHashMap<>();
  private @Nullable Running running;

  /**
   * @param prefetch attempts to hold beside the one in training
   */
  Workload(int prefetch) {
    this.capacity = prefetch + 1;
  }

  /** The attempt in training, and whether it is to stop. */
  record Running(Attempt attempt, Assignment assignment, AtomicBoolean stop)
      implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      return stop.get();
    }
  }

  /** Takes an assignment; one that is held already is the same one sent twice. */
  void add(Assignment assignment) {
    Attempt attempt = new Attempt(assignment.trial(), assignment.attempt());
    if (running == null || !running.attempt().equals(attempt)) {
      waiting.putIfAbsent(attempt, assignment);
    }
  }

  /** Makes the first that waits the running one; empty if one runs already or none waits. */
  Optional<Running> start() {
    if (running != null || waiting.isEmpty()) {
      return Optional.empty();
    }
    var first = waiting.entrySet().iterator().next();
    running = new Running(first.getKey(), first.getValue(), new AtomicBoolean());
    waiting.remove(first.getKey());
    return Optional.of(running);
  }

  /** Drops the attempt if it waits, asks it to stop if it runs. */
  void cancel(Attempt attempt) {
    waiting.remove(attempt);
    if (running != null && running.attempt().equals(attempt)) {
      running.stop().set(true);
    }
  }

  /** Drops all that wait and asks the running one to stop. */
  void cancelAll() {
    waiting.clear();
    if (running != null) {
      running.stop().set(true);
    }
  }

  /**
   * The running attempt has ended.
   *
   * @return whether it had been asked to stop
   */
  boolean end() {
    boolean stopped = running != null && running.getAsBoolean();
    running = null;
    return stopped;
  }

  /**
   * The running one first. One that is stopping is nobody's any more, but still takes its place.
   */
  List<Attempt> held() {
    List<Attempt> held = new ArrayList<>();
    if (running != null && !running.getAsBoolean()) {
      held.add(running.attempt());
    }
    held.addAll(waiting.keySet());
    return held;
  }

  /** Attempts that could be taken more. */
  int slots() {
    return Math.max(0, capacity - waiting.size() - (running == null ? 0 : 1));
  }
}
