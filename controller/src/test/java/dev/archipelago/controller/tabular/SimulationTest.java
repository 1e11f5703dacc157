package dev.archipelago.controller.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.asha.Asha;
import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.strategy.StrategyKind;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final Fidelity BOTH = new Fidelity(List.of(12, 200), false);

  /** One second an epoch, so that a brief training takes 12; cells from 10,000 take ten times. */
  private static final Columns COLUMNS =
      new Columns(MadeUpTable.of(cell -> cell < 10_000 ? 1 : 10));

  private static Run run(
      StrategyKind strategy,
      SchedulerKind scheduler,
      Fidelity fidelity,
      double seconds,
      int workers,
      OptionalInt window) {
    return Simulation.run(
        COLUMNS,
        new Protocol(
            strategy, scheduler, fidelity, seconds, Integer.MAX_VALUE, 100, workers, window),
        7);
  }

  private static Run brief(StrategyKind strategy, double seconds, int workers, OptionalInt window) {
    return run(strategy, new FullEvaluation(), Fidelity.BRIEF, seconds, workers, window);
  }

  @Test
  void whatBeginsBeforeTheBudgetIsSpentCounts() {
    Script script = Script.of(4, 4, 8, 6, 2);
    assertThat(brief(script, 36, 1, OptionalInt.empty()).evaluations()).isEqualTo(3);
    Run run = brief(script, 36.1, 1, OptionalInt.empty());
    assertThat(run.evaluations()).as("a duplicate costs its time").isEqualTo(4);
    assertThat(run.seconds()).isEqualTo(48);
  }

  @Test
  void theBestByValidationStays() {
    Run run = brief(Script.of(4, 9, 8, 5, 8), 1_000, 1, OptionalInt.empty());
    assertThat(run.incumbents())
        .containsExactly(
            new Incumbent(12, 4, 0, 5 / 20_000.0),
            new Incumbent(24, 9, 0, 8 / 20_000.0),
            new Incumbent(36, 8, 0, 9 / 20_000.0));
    assertThat(run.evaluations()).isEqualTo(5);
  }

  @Test
  void withoutAWindowResultsAreToldWhenTheyArrive() {
    Script script = Script.of(10_000, 1, 2, 3);
    Run run = brief(script, 1_000, 2, OptionalInt.empty());
    assertThat(script.seen())
        .containsExactly(
            "ask 0", "ask 1", "tell 1", "ask 2", "tell 2", "ask 3", "tell 3", "tell 0");
    assertThat(run.seconds()).isEqualTo(120);
  }

  @Test
  void withAWindowTheyAreToldInTheOrderOfTheProposals() {
    Script script = Script.of(10_000, 1, 2, 3);
    Run run = brief(script, 1_000, 2, OptionalInt.of(2));
    assertThat(script.seen())
        .containsExactly(
            "ask 0", "ask 1", "tell 0", "ask 2", "tell 1", "ask 3",
            "tell 2"); // the last: due before a fifth
    assertThat(run.seconds()).isEqualTo(132);
  }

  @Test
  void aWindowGivesTheSameProposalsWhateverTheWorkers() {
    Script one = Script.of(10_000, 1, 2, 10_003, 4, 5);
    Script four = Script.of(10_000, 1, 2, 10_003, 4, 5);
    brief(one, 10_000, 1, OptionalInt.of(3));
    brief(four, 10_000, 4, OptionalInt.of(3));
    assertThat(four.seen()).isEqualTo(one.seen());
  }

  @Test
  void aPromotionCostsAWholeTrainingAndTheHighestRungIsReported() {
    Script script = Script.of(8, 9);
    Run run = run(script, new Asha(2), BOTH, 1_000, 1, OptionalInt.empty());
    // After 12 epochs 8 looks better than 9.
    assertThat(run.incumbents())
        .extracting(Incumbent::seconds, Incumbent::cell, Incumbent::rung)
        .containsExactly(tuple(12.0, 8, 0), tuple(224.0, 8, 1));
    assertThat(run.best().validation()).isCloseTo(0.1 + 8 / 20_000.0, within(1e-12));
    assertThat(run.evaluations()).isEqualTo(3);
    assertThat(run.configurations()).isEqualTo(2);
    assertThat(script.seen()).as("one reward each").containsOnlyOnce("tell 0", "tell 1");
  }

  @Test
  void aContinuedRungCostsTheRest() {
    Fidelity continued = new Fidelity(List.of(12, 200), true);
    Run run = run(Script.of(8, 9), new Asha(2), continued, 1_000, 1, OptionalInt.empty());
    assertThat(run.seconds()).isEqualTo(12 + 12 + 188);
  }

  @Test
  void withoutAScheduleEveryTrainingIsTheLongest() {
    Run run = run(Script.of(8, 9), new FullEvaluation(), BOTH, 1_000, 1, OptionalInt.empty());
    assertThat(run.seconds()).isEqualTo(400);
    assertThat(run.best().cell()).isEqualTo(9);
  }
}
