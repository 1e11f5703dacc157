package dev.archipelago.controller.search;

import dev.archipelago.controller.search.Fact.LossCause;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.trial.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What news from workers means for a search. Pure: a state and the news in, facts out. */
final class Rulings {
  /** Proven crashes after which a trial is poison. */
  static final int MOST_CRASHES = 2;

  /** Lost leases and retries after which a trial is given up. */
  static final int MOST_LOSSES = 5;

  private Rulings() {}

  /** The first valid result of any attempt wins while the trial is open; later ones are nothing. */
  static List<Fact> outcome(Search search, Outcome outcome) {
    Optional<Trial> open = openTrial(search, outcome.trial().number());
    if (open.isEmpty() || outcome.attempt() < 1 || outcome.attempt() > open.get().attempt()) {
      return List.of();
    }
    Trial trial = open.get();
    if (outcome instanceof Outcome.Completed completed) {
      return List.of(completed(search, trial, completed));
    }
    TrialFailure failure = ((Outcome.Failed) outcome).failure();
    if (!holds(trial, outcome.attempt())) {
      return List.of(); // another attempt is on its way, or about to be
    }
    if (failure.retryable() && trial.losses() + 1 < MOST_LOSSES) {
      return List.of(new Fact.LeaseLost(trial.number(), outcome.attempt(), LossCause.RETRY));
    }
    return List.of(new Fact.Failed(trial.number(), outcome.attempt(), failure));
  }

  private static Fact completed(Search search, Trial trial, Outcome.Completed outcome) {
    Measurement found = outcome.measurement();
    if (trial.round().isPresent()) {
      return found.round().isPresent() && found.checkpoint().isPresent()
          ? new Fact.Completed(trial.number(), outcome.attempt(), found)
          : refused(trial, outcome, "the round came back without its report or its weights");
    }
    boolean scored =
        trial.stage() == Stage.FINAL
            ? found.test().isPresent()
            : Rewards.of(search.spec(), trial.stage(), trial.lineage(), found).isPresent();
    return scored
        ? new Fact.Completed(trial.number(), outcome.attempt(), found)
        : refused(trial, outcome, "the measurement gives no finite value of the objective");
  }

  private static Fact refused(Trial trial, Outcome.Completed outcome, String message) {
    TrialFailure failure = new TrialFailure(Category.DIVERGED, false, message);
    return new Fact.Failed(
        trial.number(), outcome.attempt(), failure.after(outcome.measurement().deviceSeconds()));
  }

  /** A lease ended without an outcome. Of a lease that is not the current one: nothing. */
  static List<Fact> lost(Search search, int number, int attempt, LossCause cause) {
    Optional<Trial> trial = openTrial(search, number).filter(open -> holds(open, attempt));
    if (trial.isEmpty()) {
      return List.of();
    }
    if (cause != LossCause.CONTROLLER_ENDED && trial.get().losses() + 1 >= MOST_LOSSES) {
      String message = "its worker was lost %d times".formatted(MOST_LOSSES);
      return List.of(
          new Fact.Failed(number, attempt, new TrialFailure(Category.WORKER_LOST, false, message)));
    }
    return List.of(new Fact.LeaseLost(number, attempt, cause));
  }

  /** A proven crash of the engine, perhaps of an attempt whose lease is long lost. */
  static List<Fact> crashed(Search search, int number, int attempt, String evidence) {
    Optional<Trial> open = openTrial(search, number);
    if (open.isEmpty()
        || open.get().crashed().contains(attempt)
        || attempt < 1
        || attempt > open.get().attempt()) {
      return List.of();
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact.Crashed(number, attempt, evidence));
    if (open.get().crashed().size() + 1 >= MOST_CRASHES) {
      String message =
          "the engine's native code crashed in %d attempts; the last: %s"
              .formatted(MOST_CRASHES, evidence);
      facts.add(
          new Fact.Failed(
              number, attempt, new TrialFailure(Category.ENGINE_CRASH, false, message)));
    } else if (holds(open.get(), attempt)) {
      facts.add(new Fact.LeaseLost(number, attempt, LossCause.ENGINE_CRASH));
    }
    return facts;
  }

  private static Optional<Trial> openTrial(Search search, int number) {
    return search
        .find(number)
        .filter(trial -> !trial.state().isOver() && !search.status().isOver());
  }

  private static boolean holds(Trial trial, int attempt) {
    return trial.state() == TrialState.RUNNING && trial.attempt() == attempt;
  }
}
