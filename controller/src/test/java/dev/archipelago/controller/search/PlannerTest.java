package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.trial.WorkerId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
  private static final WorkerId WORKER = new WorkerId("w", "1");
  private static final Set<Capability> ALL = Set.of(Capability.values());

  @Test
  void bothArmsGetTheWholeBudgetAndRejectedProposalsDoNotCount() {
    Search search = Simulation.start(Specs.reinforce(12), 1).run(2).search();
    for (Arm arm : search.armList()) {
      List<Trial> trials = search.trials(arm, Stage.SEARCH).toList();
      assertThat(trials.stream().filter(trial -> trial.state() != TrialState.REJECTED)).hasSize(12);
      assertThat(trials.stream().map(Trial::ordinal))
          .containsExactlyElementsOf(
              java.util.stream.IntStream.range(0, trials.size()).boxed().toList());
    }
    assertThat(search.trials()).anyMatch(trial -> trial.state() == TrialState.REJECTED);
    search.trials().stream()
        .filter(trial -> trial.stage() == Stage.SEARCH)
        .forEach(
            trial ->
                assertThat(PlanCost.of(search.plan(trial)).params() > 12_000)
                    .isEqualTo(trial.state() == TrialState.REJECTED));
  }

  @Test
  void theTopThreeAreRetrainedOneOfThemIsTestedOnce() {
    Simulation simulation = Simulation.start(Specs.reinforce(12), 1).run(2);
    Search search = simulation.search();
    assertThat(search.status()).isEqualTo(SearchStatus.COMPLETED);
    for (Arm arm : search.armList()) {
      assertThat(search.trials(arm, Stage.RETRAIN).map(Trial::architecture))
          .hasSize(3)
          .doesNotHaveDuplicates();
      Trial best = Ranking.ranked(search, arm, Stage.RETRAIN).findFirst().orElseThrow();
      assertThat(search.trials(arm, Stage.FINAL).map(Trial::architecture))
          .containsExactly(best.architecture());
      Trial richest =
          search
              .trials(arm, Stage.SEARCH)
              .max(Comparator.comparingDouble(trial -> trial.reward().orElse(0)))
              .orElseThrow();
      assertThat(Ranking.finalists(search, arm).get(0)).isEqualTo(richest.architecture());
    }
    assertThat(search.comparison()).isPresent();
  }

  @Test
  void theWindowHoldsProposalsBackUntilTheOldestIsOver() {
    Simulation simulation = Simulation.start(Specs.random(10), 1);
    for (int i = 0; i < 4; i++) {
      simulation.add(((Planner.Work.Lease) work(simulation)).fact());
    }
    assertThat(work(simulation))
        .isEqualTo(new Planner.Work.Idle("waits for trial 0: the window of 4 proposals is full"));
    finish(simulation, 1); // not the oldest: still nothing
    assertThat(work(simulation)).isInstanceOf(Planner.Work.Idle.class);
    finish(simulation, 0);
    assertThat(work(simulation)).isInstanceOf(Planner.Work.Lease.class);
  }

  @Test
  void aPausedSearchHandsNothingOutAndAResumedOneDoes() {
    Simulation simulation = Simulation.start(Specs.random(10), 1);
    simulation.add(new Fact.Paused());
    assertThat(work(simulation)).isEqualTo(new Planner.Work.Idle("is paused"));
    assertThat(Planner.settle(simulation.search(), Duration.ZERO)).isEmpty();
    simulation.add(new Fact.Resumed());
    assertThat(work(simulation)).isInstanceOf(Planner.Work.Lease.class);
  }

  @Test
  void cancellingEndsOpenTrials() {
    Simulation simulation = Simulation.start(Specs.random(10), 1);
    simulation.add(((Planner.Work.Lease) work(simulation)).fact());
    simulation.add(new Fact.Cancelled());
    assertThat(simulation.search().trial(0).state()).isEqualTo(TrialState.CANCELLED);
    assertThat(simulation.search().open()).isEmpty();
    assertThat(simulation.search().status().isOver()).isTrue();
  }

  @Test
  void aTimeBudgetEndsTheStageOnceTheLastTrialIsOver() {
    Simulation simulation =
        Simulation.start(Specs.random(10).replace("trials: 10", "trials: 10, time: 1 min"), 1);
    simulation.add(((Planner.Work.Lease) work(simulation)).fact());
    Duration late = Duration.ofSeconds(61);
    assertThat(Planner.work(simulation.search(), WORKER, ALL, late))
        .isInstanceOf(Planner.Work.Idle.class);
    assertThat(Planner.settle(simulation.search(), late)).isEmpty();
    finish(simulation, 0);
    assertThat(Planner.settle(simulation.search(), late))
        .contains(new Fact.StageEnded(Stage.SEARCH, "the time budget is spent"));
  }

  @Test
  void aSpaceWithoutAnythingWithinTheLimitsEndsTheSearchWithASentence() {
    Simulation simulation = Simulation.start(Specs.random(10), 1);
    Search search = simulation.search();
    for (int i = 0; i < SearchTurns.MOST_REJECTIONS; i++) {
      simulation.add(
          new Fact.Rejected(
              i,
              Arm.MAIN,
              search.spec().space().sample(new dev.archipelago.protocol.random.SplitMix64(i)),
              0,
              "too large"));
    }
    assertThat(Planner.settle(simulation.search(), Duration.ZERO))
        .hasValueSatisfying(
            fact ->
                assertThat(((Fact.Broken) fact).reason())
                    .contains("1,000 proposals in a row broke the constraints"));
  }

  @Test
  void aNetworkTooLargeForAMessageIsRejectedBeforeAnyWorkerHearsOfIt() {
    String huge =
        Specs.random(3)
            .replace(
                "{kind: chain, layers: 2, filters: [8, 16], kernels: [3], skips: false}",
                "{kind: cell, nodes: 8, operations: [sep_conv_5x5], stages: 4, cells: 12,"
                    + " filters: 2}");
    Planner.Work work = work(Simulation.start(huge, 1));
    assertThat(work).isInstanceOf(Planner.Work.Reject.class);
    assertThat(((Fact.Rejected) ((Planner.Work.Reject) work).fact()).reason())
        .contains("a message to a worker takes at most 1,500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "{kind: random, match: device-seconds}"})
  void aBudgetOfDeviceTimeIsReallySpentWhateverTheFirstTrialsCost(String baseline) {
    for (int seed = 1; seed <= 20; seed++) {
      Search search = Simulation.start(Specs.table(seed, 1_200, baseline), seed).run(8).search();
      assertThat(search.status()).isEqualTo(SearchStatus.COMPLETED);
      for (Arm arm : search.armList()) {
        // The window's trials run when it is spent, and each takes 120 to 192 seconds.
        assertThat(seconds(search, arm)).as("seed %d, %s", seed, arm).isBetween(1_200.0, 2_736.0);
      }
    }
  }

  private static double seconds(Search search, Arm arm) {
    return search
        .trials(arm, Stage.SEARCH)
        .flatMap(trial -> trial.measurement().stream())
        .mapToDouble(Measurement::deviceSeconds)
        .sum();
  }

  private static Planner.Work work(Simulation simulation) {
    return Planner.work(simulation.search(), WORKER, ALL, Duration.ZERO);
  }

  private static void finish(Simulation simulation, int number) {
    Rulings.outcome(
            simulation.search(),
            Simulation.train(simulation.search(), simulation.search().trial(number)))
        .forEach(simulation::add);
  }
}
