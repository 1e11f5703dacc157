package dev.archipelago.controller.search;

import dev.archipelago.controller.search.Fact.LossCause;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.trial.TrialState.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A trial as the journal knows it.
 *
 * @param ordinal its configuration: the number among the proposals of its arm's strategy; only in
 *     stage SEARCH, elsewhere -1
 * @param architecture the network that it trains; of a round, the one that the policy would have
 *     settled for before it
 * @param round what it does on shared weights, if it is a round
 * @param attempt of the latest lease, from 1; 0 if it never had one
 * @param losses leases lost because a worker went away, and retries
 * @param crashed attempts that are proven to have crashed the engine
 * @param lease the latest lease, kept after the end to say who did it
 * @param reward by {@link Rewards}; only of a completed trial that is no round
 */
public record Trial(
    int number,
    Arm arm,
    Stage stage,
    int ordinal,
    Architecture architecture,
    Optional<Round> round,
    Lineage lineage,
    TrialState state,
    int attempt,
    int losses,
    List<Integer> crashed,
    Optional<Lease> lease,
    Optional<Measurement> measurement,
    OptionalDouble reward,
    Optional<TrialFailure> failure) {
  public Trial {
    crashed = List.copyOf(crashed);
  }

  /** What its latest attempt took of a worker's time, as far as that is known. */
  public double deviceSeconds() {
    return measurement
        .map(Measurement::deviceSeconds)
        .or(() -> failure.map(TrialFailure::deviceSeconds))
        .orElse(0.0);
  }

  static Trial proposed(
      int number,
      Arm arm,
      Stage stage,
      int ordinal,
      Architecture architecture,
      Optional<Round> round,
      Lineage lineage) {
    return new Trial(
        number,
        arm,
        stage,
        ordinal,
        architecture,
        round,
        lineage,
        TrialState.PROPOSED,
        0,
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }

  Trial leased(Lease next) {
    return with(after(Event.LEASE), next.attempt(), losses, crashed, Optional.of(next));
  }

  Trial lost(LossCause cause) {
    boolean loss =
        cause == LossCause.EXPIRED || cause == LossCause.WORKER_GONE || cause == LossCause.RETRY;
    return with(after(Event.LOSE), attempt, losses + (loss ? 1 : 0), crashed, lease);
  }

  /** Counts a crash, each attempt's at most once. */
  Trial crashedIn(int lostAttempt) {
    List<Integer> more = Stream.concat(crashed.stream(), Stream.of(lostAttempt)).toList();
    return with(state, attempt, losses, more, lease);
  }

  Trial completed(Measurement result, OptionalDouble worth) {
    return ended(Event.COMPLETE, Optional.of(result), worth, Optional.empty());
  }

  Trial failed(TrialFailure why) {
    return ended(Event.FAIL, Optional.empty(), OptionalDouble.empty(), Optional.of(why));
  }

  Trial rejected(TrialFailure why) {
    return ended(Event.REJECT, Optional.empty(), OptionalDouble.empty(), Optional.of(why));
  }

  Trial cancelled() {
    return ended(Event.CANCEL, Optional.empty(), OptionalDouble.empty(), Optional.empty());
  }

  /** Still open: what becomes of it is not known yet. */
  private Trial with(
      TrialState next,
      int latestAttempt,
      int allLosses,
      List<Integer> allCrashed,
      Optional<Lease> latestLease) {
    return new Trial(
        number,
        arm,
        stage,
        ordinal,
        architecture,
        round,
        lineage,
        next,
        latestAttempt,
        allLosses,
        allCrashed,
        latestLease,
        measurement,
        reward,
        failure);
  }

  private Trial ended(
      Event event, Optional<Measurement> result, OptionalDouble worth, Optional<TrialFailure> why) {
    return new Trial(
        number,
        arm,
        stage,
        ordinal,
        architecture,
        round,
        lineage,
        after(event),
        attempt,
        losses,
        crashed,
        lease,
        result,
        worth,
        why);
  }

  private TrialState after(Event event) {
    return state
        .on(event)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "trial %d is %s: %s is not possible".formatted(number, state, event)));
  }
}
