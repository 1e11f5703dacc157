package dev.archipelago.controller.search;

import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deadlines of a search's leases, by a monotonic clock. Soft state: after a recovery every lease
 * has its full lifetime again.
 */
final class LeaseClock {
  private record Deadline(int attempt, long grantedNanos, long endNanos) {}

  private final long lifetimeNanos;
  private final long graceNanos;
  private final Map<Integer, Deadline> deadlines = new HashMap<>(); // by trial number

  /**
   * @param lifetime of a lease that nobody renews
   * @param grace how long a worker may not yet mention an attempt that it was granted
   */
  LeaseClock(Duration lifetime, Duration grace) {
    this.lifetimeNanos = lifetime.toNanos();
    this.graceNanos = grace.toNanos();
  }

  /** Follows the journal: new leases begin to run, ended ones are forgotten. */
  void follow(Search search, long nowNanos) {
    Set<Integer> running = new HashSet<>();
    search
        .runningTrials()
        .forEach(
            trial -> {
              running.add(trial.number());
              Deadline known = deadlines.get(trial.number());
              if (known == null || known.attempt() != trial.attempt()) {
                deadlines.put(
                    trial.number(),
                    new Deadline(trial.attempt(), nowNanos, nowNanos + lifetimeNanos));
              }
            });
    deadlines.keySet().retainAll(running);
  }

  /**
   * Renews what the worker holds; of the leases that it should hold and does not, gives those past
   * grace.
   */
  List<Attempt> renew(Search search, WorkerId worker, List<Attempt> held, long nowNanos) {
    List<Attempt> missing = new ArrayList<>();
    search
        .runningTrials()
        .filter(trial -> trial.lease().orElseThrow().worker().equals(worker))
        .forEach(
            trial -> {
              Optional<Attempt> match =
                  held.stream()
                      .filter(attempt -> attempt.trial().number() == trial.number())
                      .filter(attempt -> attempt.number() == trial.attempt())
                      .findFirst();
              Deadline known = deadlines.get(trial.number());
              if (match.isPresent()) {
                long granted = known == null ? nowNanos : known.grantedNanos();
                deadlines.put(
                    trial.number(),
                    new Deadline(trial.attempt(), granted, nowNanos + lifetimeNanos));
              } else if (known != null && nowNanos - known.grantedNanos() > graceNanos) {
                missing.add(new Attempt(new TrialId(search.id(), trial.number()), trial.attempt()));
              }
            });
    return missing;
  }

  /** Numbers and attempts of the leases that ended by now. */
  Map<Integer, Integer> expired(long nowNanos) {
    Map<Integer, Integer> expired = new HashMap<>();
    deadlines.forEach(
        (number, deadline) -> {
          if (nowNanos - deadline.endNanos() >= 0) {
            expired.put(number, deadline.attempt());
          }
        });
    return expired;
  }
}
