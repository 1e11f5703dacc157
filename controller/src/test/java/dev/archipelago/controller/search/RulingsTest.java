package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.journal.JournalBytes;
import dev.archipelago.controller.search.Fact.LossCause;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.trial.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulingsTest {
  private static final WorkerId WORKER = new WorkerId("w", "1");
  private static final Set<Capability> ALL = Set.of(Capability.values());

  /** Trial 0, leased for the first time. */
  private final Simulation simulation = Simulation.start(Specs.random(10), 1);

  RulingsTest() {
    lease();
  }

  @Test
  void theFirstResultOfAnyAttemptWinsAndCountsOnce() {
    Outcome early = Simulation.train(simulation.search(), trial());
    apply(Rulings.lost(simulation.search(), 0, 1, LossCause.EXPIRED));
    lease();
    assertThat(trial().attempt()).isEqualTo(2);

    apply(Rulings.outcome(simulation.search(), early)); // the lost attempt was only slow
    assertThat(trial().state()).isEqualTo(TrialState.COMPLETED);
    assertThat(Rulings.outcome(simulation.search(), Simulation.train(simulation.search(), trial())))
        .isEmpty();
  }

  @Test
  void aLateResultIsTakenWhileTheTrialWaits() {
    Outcome early = Simulation.train(simulation.search(), trial());
    apply(Rulings.lost(simulation.search(), 0, 1, LossCause.WORKER_GONE));
    assertThat(trial().state()).isEqualTo(TrialState.WAITING);
    apply(Rulings.outcome(simulation.search(), early));
    assertThat(trial().state()).isEqualTo(TrialState.COMPLETED);
  }

  @Test
  void theFailureOfALostAttemptDoesNotFailTheTrial() {
    apply(Rulings.lost(simulation.search(), 0, 1, LossCause.EXPIRED));
    lease();
    assertThat(Rulings.outcome(simulation.search(), failure(1, false))).isEmpty();
    assertThat(trial().state()).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void aFailureIsFinalUnlessAnotherAttemptMayEndOtherwise() {
    apply(Rulings.outcome(simulation.search(), failure(1, true)));
    assertThat(trial().state()).isEqualTo(TrialState.WAITING);
    lease();
    apply(Rulings.outcome(simulation.search(), failure(2, false)));
    assertThat(trial().state()).isEqualTo(TrialState.FAILED);
    assertThat(trial().failure().orElseThrow().category()).isEqualTo(Category.DIVERGED);
  }

  @Test
  void retriesAreBounded() {
    for (int attempt = 1; attempt < Rulings.MOST_LOSSES; attempt++) {
      apply(Rulings.outcome(simulation.search(), failure(attempt, true)));
      assertThat(trial().state()).isEqualTo(TrialState.WAITING);
      lease();
    }
    apply(Rulings.outcome(simulation.search(), failure(Rulings.MOST_LOSSES, true)));
    assertThat(trial().state()).isEqualTo(TrialState.FAILED);
  }

  @Test
  void aTrialWhoseWorkersAlwaysVanishIsGivenUp() {
    for (int attempt = 1; attempt < Rulings.MOST_LOSSES; attempt++) {
      apply(Rulings.lost(simulation.search(), 0, attempt, LossCause.WORKER_GONE));
      lease();
    }
    apply(Rulings.lost(simulation.search(), 0, Rulings.MOST_LOSSES, LossCause.EXPIRED));
    assertThat(trial().failure().orElseThrow().category()).isEqualTo(Category.WORKER_LOST);
  }

  @Test
  void theEndOfControllersCountsAgainstNoTrial() {
    for (int attempt = 1; attempt < 3 * Rulings.MOST_LOSSES; attempt++) {
      apply(Rulings.lost(simulation.search(), 0, attempt, LossCause.CONTROLLER_ENDED));
      lease();
    }
    assertThat(trial().state()).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void twoProvenCrashesArePoison() {
    apply(Rulings.crashed(simulation.search(), 0, 1, "SIGSEGV"));
    assertThat(trial().state()).isEqualTo(TrialState.WAITING);
    lease();
    apply(Rulings.crashed(simulation.search(), 0, 2, "SIGSEGV at conv2d"));
    assertThat(trial().state()).isEqualTo(TrialState.FAILED);
    assertThat(trial().failure().orElseThrow())
        .isEqualTo(
            new TrialFailure(
                Category.ENGINE_CRASH,
                false,
                "the engine's native code crashed in 2 attempts; the last: SIGSEGV at conv2d"));
  }

  @Test
  void aCrashIsCountedThoughItsLeaseWasLostLongAgoAndOnlyOnce() {
    apply(Rulings.lost(simulation.search(), 0, 1, LossCause.WORKER_GONE));
    lease();
    apply(Rulings.crashed(simulation.search(), 0, 1, "SIGSEGV"));
    assertThat(trial().state()).isEqualTo(TrialState.RUNNING); // attempt 2 is not touched
    assertThat(trial().crashed()).containsExactly(1);
    assertThat(Rulings.crashed(simulation.search(), 0, 1, "told again")).isEmpty();
  }

  @Test
  void crashesCountInWhateverOrderTheirProofArrives() {
    apply(Rulings.lost(simulation.search(), 0, 1, LossCause.WORKER_GONE));
    lease();
    apply(Rulings.crashed(simulation.search(), 0, 2, "the second"));
    apply(Rulings.crashed(simulation.search(), 0, 1, "the first"));
    assertThat(trial().failure().orElseThrow().category()).isEqualTo(Category.ENGINE_CRASH);
  }

  @Test
  void aLostWorkerIsNoCrash() {
    apply(Rulings.lost(simulation.search(), 0, 1, LossCause.WORKER_GONE));
    assertThat(trial().crashed()).isEmpty();
  }

  @Test
  void newsOfUnknownTrialsAndAttemptsIsNothing() {
    assertThat(Rulings.lost(simulation.search(), 7, 1, LossCause.EXPIRED)).isEmpty();
    assertThat(Rulings.lost(simulation.search(), 0, 2, LossCause.EXPIRED)).isEmpty();
    assertThat(Rulings.crashed(simulation.search(), 0, 2, "")).isEmpty();
    assertThat(Rulings.outcome(simulation.search(), failure(2, false))).isEmpty();
    assertThat(Rulings.outcome(simulation.search(), failure(0, false))).isEmpty();
  }

  @Test
  void aFailedTrialCostsWhatItTook() {
    lease();
    TrialFailure failure = new TrialFailure(Category.TIMEOUT, false, "too late").after(60);
    Outcome outcome = new Outcome.Failed(new TrialId(Simulation.ID, 0), 1, failure);
    apply(Rulings.outcome(simulation.search(), outcome));
    Search told = JournalBytes.copy(simulation.search()).toldOf(1);
    assertThat(told.arm(Arm.MAIN).spentSeconds()).isEqualTo(60);
  }

  private Trial trial() {
    return simulation.search().trial(0);
  }

  private void lease() {
    Planner.Work work = Planner.work(simulation.search(), WORKER, ALL, Duration.ZERO);
    simulation.add(((Planner.Work.Lease) work).fact());
  }

  private void apply(List<Fact> facts) {
    assertThat(facts).isNotEmpty();
    facts.forEach(simulation::add);
  }

  private static Outcome failure(int attempt, boolean retryable) {
    return new Outcome.Failed(
        new TrialId(Simulation.ID, 0),
        attempt,
        new TrialFailure(Category.DIVERGED, retryable, "NaN"));
  }
}
