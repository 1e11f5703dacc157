package dev.archipelago.controller.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.asha.Asha;
import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.random.RandomSearch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TabularBenchTest {
  private static final double BUDGET = 12_000;
  private static final Fidelity BOTH = new Fidelity(List.of(12, 200), false);

  private static Protocol protocol(
      StrategyKind strategy, SchedulerKind scheduler, Fidelity fidelity) {
    return new Protocol(
        strategy, scheduler, fidelity, BUDGET, Integer.MAX_VALUE, 110, 1, OptionalInt.empty());
  }

  private static Protocol brief(StrategyKind strategy) {
    return protocol(strategy, new FullEvaluation(), Fidelity.BRIEF);
  }

  @Test
  void runsAreTheSameForTheSameSeed() {
    TabularBench bench = new TabularBench(MadeUpTable.of(cell -> 10));
    BenchResult one = bench.run(brief(new RandomSearch()), 20, 3);
    assertThat(bench.run(brief(new RandomSearch()), 20, 3)).isEqualTo(one);
    assertThat(bench.run(brief(new RandomSearch()), 20, 4)).isNotEqualTo(one);
    assertThat(one.evaluations().mean()).isEqualTo(100);
    assertThat(one.evaluations().sd()).isZero();
  }

  @Test
  void finalsAreWhatTheSummariesSummarise() {
    TabularBench bench = new TabularBench(MadeUpTable.of(cell -> 10));
    BenchResult result = bench.run(brief(new RandomSearch()), 20, 3);
    assertThat(Summary.of(bench.finals(brief(new RandomSearch()), Optional.empty(), 20, 3)))
        .isEqualTo(result.bestValidation());
    for (TestSet set : TestSet.values()) {
      assertThat(Summary.of(bench.finals(brief(new RandomSearch()), Optional.of(set), 20, 3)))
          .isEqualTo(result.tests().get(set));
    }
  }

  @Test
  void summariesAreMeanAndErrors() {
    Summary summary = Summary.of(new double[] {1, 2, 3, 6});
    assertThat(summary.mean()).isEqualTo(3);
    assertThat(summary.sd()).isCloseTo(Math.sqrt(14 / 3.0), within(1e-12));
    assertThat(summary.se()).isCloseTo(Math.sqrt(14 / 12.0), within(1e-12));
    assertThat(Summary.of(new double[] {5})).isEqualTo(new Summary(5, 0, 0));
  }

  @Test
  void theCurveBeginsWhereAllRunsHaveSomethingAndNeverFalls() {
    TabularBench bench = new TabularBench(MadeUpTable.of(cell -> 70));
    BenchResult result = bench.run(brief(new RandomSearch()), 20, 3);
    assertThat(result.curve().get(0).seconds()).isEqualTo(1_000); // a training takes 840
    assertThat(result.curve().get(result.curve().size() - 1).seconds()).isEqualTo(BUDGET);
    for (int i = 1; i < result.curve().size(); i++) {
      CurvePoint point = result.curve().get(i);
      CurvePoint before = result.curve().get(i - 1);
      assertThat(point.bestValidation()).isGreaterThanOrEqualTo(before.bestValidation());
      assertThat(point.testRegret().get(TestSet.CIFAR10))
          .isBetween(0.0, before.testRegret().get(TestSet.CIFAR10));
    }
  }

  @Test
  void flopsAloneNeedNoSearch() {
    TabularBench bench = new TabularBench(MadeUpTable.of(cell -> 10));
    BenchResult argmax = bench.flopsArgmax();
    assertThat(argmax.tests().get(TestSet.CIFAR10).mean()).isEqualTo(15_624 / 20_000.0);
    assertThat(argmax.evaluations().mean()).isZero();
    BenchResult sweep = bench.run(brief(bench.flopsSweep()), 1, 1);
    assertThat(sweep.bestValidation().mean()).isEqualTo(MadeUpTable.validation12(15_624));
  }

  @Test
  void refusesATableWithHoles() {
    Table whole = MadeUpTable.of(cell -> 10);
    Table holes = Table.of(whole.entries().subList(0, 100));
    assertThatThrownBy(() -> new TabularBench(holes))
        .isInstanceOf(TableException.class)
        .hasMessage(
            "the table has 100 of the space's 15,625 architectures; a simulation needs all");
  }

  @Test
  void knowsNoOtherRungsThanTheTables() {
    for (List<Integer> wrong :
        List.of(List.<Integer>of(), List.of(3), List.of(200, 12), List.of(12, 12))) {
      assertThatThrownBy(() -> new Fidelity(wrong, false))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  // --- On the real table

  /**
   * The rows that others simulated on the same file: 83.74, and 93.75 to 93.78, 71.2, 44.8; the
   * bounds are four standard errors and the last digit.
   */
  @Test
  void randomSearchGivesTheKnownFigures() {
    BenchResult result = new TabularBench(RealTable.read()).run(brief(new RandomSearch()), 500, 1);
    assertThat(result.bestValidation().mean()).isCloseTo(0.8374, within(0.001));
    assertThat(result.tests().get(TestSet.CIFAR10).mean()).isBetween(0.9369, 0.9384);
    assertThat(result.tests().get(TestSet.CIFAR100).mean()).isCloseTo(0.712, within(0.0023));
    assertThat(result.tests().get(TestSet.IMAGENET16_120).mean()).isCloseTo(0.448, within(0.0027));
    assertThat(result.tests().get(TestSet.CIFAR10).se()).isCloseTo(0.00015, within(0.00003));
  }

  @Test
  void flopsGiveTheKnownFigures() {
    TabularBench bench = new TabularBench(RealTable.read());
    assertTests(bench.flopsArgmax(), 0.9376, 0.7111, 0.4144);
    assertTests(bench.run(brief(bench.flopsSweep()), 1, 1), 0.9436, 0.7351, 0.4634);
  }

  private static void assertTests(BenchResult result, double... accuracies) {
    for (int i = 0; i < accuracies.length; i++) {
      TestSet set = List.of(TestSet.values()).get(i);
      assertThat(result.tests().get(set).mean()).isCloseTo(accuracies[i], within(5e-5));
    }
  }

  /** Rungs of 12 and 200 epochs, each from scratch, eta = 16. */
  @Test
  void ashaIsAsGoodAsFortyFullTrainingsInAQuarterOfTheirTime() {
    RaceResult race =
        new TabularBench(RealTable.read())
            .race(protocol(new RandomSearch(), new Asha(16), BOTH), 40, 200, 1);
    assertThat(race.median()).isLessThanOrEqualTo(0.25);
    assertThat(race.reached()).isGreaterThan(0.9);
  }
}
