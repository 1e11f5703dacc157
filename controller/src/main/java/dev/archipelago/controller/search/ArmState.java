package dev.archipelago.controller.search;

import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.Told.RoundResult;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.TrialState;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * One strategy at work, and the scheduler that says how far its configurations are trained.
 *
 * @param proposed how many configurations the strategy proposed
 * @param trained how many of them broke no limit: these count towards the budget
 * @param told how many of its trials were told, those that broke a limit not counted
 * @param spentSeconds what its trials that were told have cost, in seconds of workers' time
 * @param latest configuration to its latest trial
 * @param lenders rung and fingerprint to the first trial whose score may be taken over
 */
public record ArmState(
    Strategy strategy,
    Scheduler scheduler,
    int proposed,
    int trained,
    int told,
    double spentSeconds,
    PMap<Integer, Integer> latest,
    PMap<String, Integer> lenders) {

  static ArmState start(Strategy strategy, Scheduler scheduler) {
    return new ArmState(
        strategy, scheduler, 0, 0, 0, 0, HashTreePMap.empty(), HashTreePMap.empty());
  }

  /**
   * As a snapshot has it; what follows from the arm's trials is gathered from them.
   *
   * @param trials of this arm in stage SEARCH, in order
   * @param toldOf how many of the search's first trials were told
   * @param onArrival whether this arm was told of all that are over, instead
   */
  public static ArmState restored(
      Strategy strategy,
      Scheduler scheduler,
      int proposed,
      int trained,
      int told,
      double spentSeconds,
      SearchSpec spec,
      List<Trial> trials,
      int toldOf,
      boolean onArrival) {
    PMap<Integer, Integer> latest = HashTreePMap.empty();
    PMap<String, Integer> lenders = HashTreePMap.empty();
    for (Trial trial : trials) {
      if (trial.state() != TrialState.REJECTED) {
        latest = latest.plus(trial.ordinal(), trial.number());
      }
      Optional<String> key = Lending.key(spec, trial);
      if (key.isPresent()
          && (onArrival || trial.number() < toldOf)
          && !lenders.containsKey(key.get())) {
        lenders = lenders.plus(key.get(), trial.number());
      }
    }
    return new ArmState(
        strategy, scheduler, proposed, trained, told, spentSeconds, latest, lenders);
  }

  /** A proposal that breaks a limit: only the strategy knows of it. */
  ArmState rejected(Trial trial) {
    return new ArmState(
        strategy.proposed(trial.ordinal(), trial.architecture()),
        scheduler,
        proposed + 1,
        trained,
        told,
        spentSeconds,
        latest,
        lenders);
  }

  /**
   * A trial was leased for the first time.
   *
   * @param exhausted whether the strategy had nothing more to propose at that moment
   */
  ArmState began(Trial trial, boolean exhausted) {
    boolean fresh = trial.lineage().parent().isEmpty();
    Scheduler before = exhausted ? scheduler.exhausted() : scheduler;
    return new ArmState(
        fresh ? strategy.proposed(trial.ordinal(), trial.architecture()) : strategy,
        before.began(trial.ordinal(), trial.lineage().rung()),
        proposed + (fresh ? 1 : 0),
        trained + (fresh ? 1 : 0),
        told,
        spentSeconds,
        latest.plus(trial.ordinal(), trial.number()),
        lenders);
  }

  private static Told told(Trial trial) {
    return new Told(
        trial.ordinal(),
        trial.architecture(),
        trial.reward(),
        trial.measurement().flatMap(ArmState::result));
  }

  private static Optional<RoundResult> result(Measurement found) {
    return found
        .round()
        .map(
            report ->
                new RoundResult(report, found.checkpoint().orElseThrow(), found.validation()));
  }

  /**
   * A trial is over. The strategy hears of every configuration once, of its first rung: rewards of
   * different rungs cannot be compared.
   *
   * @param lendable under which key others may take over its score
   */
  ArmState told(Trial trial, Optional<String> lendable) {
    boolean fresh = trial.lineage().parent().isEmpty();
    boolean began = trial.state() != TrialState.REJECTED;
    PMap<String, Integer> offers = lenders;
    if (lendable.isPresent()) {
      Integer other = lenders.get(lendable.get());
      if (other == null || trial.number() < other) {
        offers = lenders.plus(lendable.get(), trial.number());
      }
    }
    return new ArmState(
        fresh ? strategy.tell(told(trial)) : strategy,
        began ? scheduler.tell(trial.ordinal(), trial.lineage().rung(), trial.reward()) : scheduler,
        proposed,
        trained,
        told + (began ? 1 : 0),
        spentSeconds + trial.deviceSeconds(),
        latest,
        offers);
  }
}
