package dev.archipelago.controller.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.forecast.Forecast.Effort;
import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SpecParser;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers worked by hand. */
class ForecastTest {
  private static final Task TASK = new Task(new Shape(1, 28, 28), 10);
  private static final String SPEC =
      """
      dataset: {name: fashion-mnist-mini, validation: 0.2}
      space: {kind: chain, layers: 2}
      strategy: {kind: random, window: 4}
      evaluation: {epochs: 3}
      budget: {trials: 10}
      retrain: {top: 2, epochs: 5, final-epochs: 5}
      """;

  /** 2 s an epoch and 1 s besides: 7 s for 3 epochs. */
  private static final Cost SEVEN = new Cost(2, 1, 100);

  /** 1 s an epoch and nothing besides. */
  private static final Cost PLAIN = new Cost(1, 0, 0);

  private static SearchSpec spec(String... set) {
    return SpecParser.parse(SPEC, "spec.yaml", List.of(set), DatasetProbe.known(TASK));
  }

  private static Outlook outlook(SearchSpec spec, int workers, Cost... costs) {
    Measured measured = new Measured(List.of(costs), List.of());
    return Forecast.of(spec, measured, List.of(workers), Effort.THOROUGH).on(workers);
  }

  private static void assertExactly(Range range, double value) {
    assertThat(range.low()).isCloseTo(value, within(1e-9));
    assertThat(range.expected()).isCloseTo(value, within(1e-9));
    assertThat(range.high()).isCloseTo(value, within(1e-9));
  }

  private static double deviceSeconds(Outlook outlook, Part part) {
    return outlook.parts().get(part).deviceSeconds().expected();
  }

  @Test
  void addsUpWhereAllCostTheSame() {
    Outlook one = outlook(spec(), 1, SEVEN);

    assertThat(one.parts()).containsOnlyKeys(Part.SEARCH, Part.RETRAIN, Part.FINAL);
    assertExactly(one.parts().get(Part.SEARCH).deviceSeconds(), 10 * 7);
    assertExactly(one.parts().get(Part.RETRAIN).deviceSeconds(), 2 * 11);
    // On training and validation images: 5 / 0.8 epochs' worth, 2 s each, and 1 s.
    assertExactly(one.parts().get(Part.FINAL).deviceSeconds(), 13.5);
    assertExactly(one.seconds(), 70 + 22 + 13.5);
    assertExactly(one.deviceSeconds(), 70 + 22 + 13.5);
  }

  @Test
  void stagesAreBarriersAndTheWindowIsALimit() {
    assertExactly(outlook(spec(), 2, SEVEN).seconds(), 5 * 7 + 11 + 13.5);
    assertExactly(outlook(spec(), 4, SEVEN).seconds(), 3 * 7 + 11 + 13.5);
    assertExactly(outlook(spec(), 16, SEVEN).seconds(), 3 * 7 + 11 + 13.5);
    assertThat(Forecast.usefulWorkers(spec())).containsExactly(1, 2, 4);
    assertThat(Forecast.usefulWorkers(spec("strategy.window=6"))).containsExactly(1, 2, 4, 6);
    assertThat(Forecast.usefulWorkers(spec("strategy.window=1"))).containsExactly(1);
  }

  /** Trials in turn of 3 s and 1 s on two workers, each told in order before the next but one. */
  @Test
  void aWorkerWaitsForTheSlowerTrialOfItsWindow() {
    SearchSpec narrow = spec("strategy.window=2", "retrain.top=0", "evaluation.epochs=1");
    SearchSpec wide = spec("strategy.window=10", "retrain.top=0", "evaluation.epochs=1");
    Cost slow = new Cost(3, 0, 0);

    double waiting = outlook(narrow, 2, slow, PLAIN).seconds().expected();
    double busy = outlook(wide, 2, slow, PLAIN).seconds().expected();

    assertThat(outlook(narrow, 2, slow, PLAIN).deviceSeconds())
        .as("the same networks")
        .isEqualTo(outlook(wide, 2, slow, PLAIN).deviceSeconds());
    assertThat(waiting).isGreaterThan(1.05 * busy);
  }

  /** 9 for 1 epoch, 3 for 2 more, 1 for 6 more. */
  @Test
  void halvingTrainsFewFurtherAndWaitsAtEveryRung() {
    SearchSpec spec =
        spec(
            "schedule={kind: successive-halving, rungs: [1, 3, 9], eta: 3}",
            "evaluation.epochs=9",
            "budget.trials=9",
            "strategy.window=9",
            "retrain.top=0");

    Outlook nine = outlook(spec, 9, PLAIN);

    assertThat(nine.rungs()).containsExactly(9.0, 3.0, 1.0);
    assertThat(nine.parts().get(Part.SEARCH).trials()).isEqualTo(13);
    assertExactly(nine.deviceSeconds(), 9 + 3 * 2 + 6);
    assertExactly(nine.seconds(), 1 + 2 + 6);
    assertExactly(outlook(spec, 2, PLAIN).seconds(), 5 + 2 * 2 + 6);
  }

  @Test
  void aProxyCostsWhatItWasMeasuredAt() {
    SearchSpec spec =
        spec(
            "schedule={kind: successive-halving, rungs: [synflow, 3], eta: 10}",
            "budget.trials=20",
            "retrain.top=0");
    Measured measured = new Measured(List.of(SEVEN), List.of(0.5));

    Outlook one = Forecast.of(spec, measured, List.of(1), Effort.THOROUGH).on(1);

    assertThat(one.rungs()).containsExactly(20.0, 2.0);
    assertExactly(one.deviceSeconds(), 20 * 0.5 + 2 * 7);
    assertExactly(outlook(spec, 1, SEVEN).deviceSeconds(), 20 * 1 + 2 * 7);
  }

  @Test
  void aBaselineHasAsMuchAsTheSearch() {
    Outlook byTime = outlook(spec("baseline=random"), 1, SEVEN);
    Outlook byTrials = outlook(spec("baseline={kind: random, match: trials}"), 1, SEVEN);

    for (Outlook outlook : List.of(byTime, byTrials)) {
      assertThat(deviceSeconds(outlook, Part.BASELINE)).isCloseTo(70, within(1e-9));
      assertThat(outlook.parts().get(Part.RETRAIN).trials()).isEqualTo(4);
      assertExactly(outlook.seconds(), 140 + 44 + 27);
    }
  }

  @Test
  void aBaselineOfEqualTimeHasMoreTrialsWhereTheyAreCheap() {
    SearchSpec spec =
        spec(
            "baseline=random",
            "budget.trials=40",
            "retrain.top=0",
            "schedule={kind: successive-halving, rungs: [1, 3], eta: 3}");
    Outlook outlook = outlook(spec, 2, SEVEN, new Cost(6, 1, 0));

    double search = deviceSeconds(outlook, Part.SEARCH);
    assertThat(deviceSeconds(outlook, Part.BASELINE)).isCloseTo(search, within(0.15 * search));
  }

  /**
   * Begun at 0, 7 and 14 s. With a window of 4 nothing is known of the first before the fifth is
   * due, and then 7 s of one and as much of three others are too much.
   */
  @Test
  void budgetsOfTimeEndTheSearch() {
    SearchSpec byDevice = spec("budget.device-time=20 s", "retrain.top=0");
    SearchSpec byClock = spec("budget.time=20 s", "retrain.top=0");

    SearchSpec narrow = spec("budget.device-time=20 s", "retrain.top=0", "strategy.window=1");

    assertThat(outlook(narrow, 1, SEVEN).parts().get(Part.SEARCH).trials()).isEqualTo(3);
    assertThat(outlook(byDevice, 1, SEVEN).parts().get(Part.SEARCH).trials()).isEqualTo(4);
    assertThat(outlook(byClock, 2, SEVEN).parts().get(Part.SEARCH).trials()).isEqualTo(6);
    assertExactly(outlook(byClock, 2, SEVEN).seconds(), 21);
  }

  @Test
  void publishedNetworksCostByTheirFlops() {
    SearchSpec spec = spec("baseline=[resnet-18]", "retrain.top=1");
    long flops =
        PlanCost.of(
                spec.baselines().space().decode(new Architecture("reference", List.of(0)), TASK))
            .flops();

    long measured = flops / 4;

    Outlook outlook = outlook(spec, 1, new Cost(2, 1, measured));

    double perEpoch = 2.0 * flops / measured;
    assertThat(deviceSeconds(outlook, Part.REFERENCES))
        .isCloseTo(5 / 0.8 * perEpoch + 1, within(1e-9));
  }

  @Test
  void largeBudgetsCostInProportion() {
    SearchSpec spec = spec("budget.trials=1000000", "retrain.top=0", "strategy.window=4");

    assertThat(outlook(spec, 4, SEVEN).seconds().expected()).isCloseTo(1.75e6, within(1e-3));
    assertThat(outlook(spec, 4, SEVEN).parts().get(Part.SEARCH).trials()).isEqualTo(1e6);
  }

  @Test
  void theRangeIsThatOfWhatWasMeasured() {
    Outlook outlook =
        outlook(spec("retrain.top=0"), 1, PLAIN, new Cost(2, 0, 0), new Cost(3, 0, 0));
    Range seconds = outlook.seconds();

    assertThat(seconds.low()).isBetween(30.0, seconds.expected() - 3);
    assertThat(seconds.high()).isBetween(seconds.expected() + 3, 90.0);
    assertThat(seconds.expected()).isCloseTo(60, within(6.0));
  }

  @Test
  void rangesSkipATenthAtEachEnd() {
    double[] values = new double[11];
    for (int i = 0; i <= 10; i++) {
      values[i] = (i * 7) % 11;
    }

    assertThat(Range.of(values)).isEqualTo(new Range(1, 5, 9));
    assertThat(Range.of(4)).isEqualTo(new Range(4, 4, 4));
  }

  @Test
  void whatIsDoneIsNotLeft() {
    Outlook two = outlook(spec(), 2, SEVEN);

    assertExactly(two.remainingSeconds(Stage.SEARCH, 0), 35 + 11 + 13.5);
    assertExactly(two.remainingSeconds(Stage.SEARCH, 28), 35 * 0.6 + 11 + 13.5);
    assertExactly(two.remainingDeviceSeconds(Stage.SEARCH, 28), 42 + 22 + 13.5);
    assertExactly(two.remainingSeconds(Stage.RETRAIN, 11), 5.5 + 13.5);
    assertExactly(two.remainingSeconds(Stage.FINAL, 100), 0);
  }

  @Test
  void sameMeasurementsSameForecast() {
    Cost other = new Cost(5, 2, 0);

    assertThat(outlook(spec(), 2, SEVEN, other)).isEqualTo(outlook(spec(), 2, SEVEN, other));
  }

  @Test
  void asynchronousSchedulesAreBusyAllTheTime() {
    SearchSpec spec =
        spec(
            "schedule={kind: asha, rungs: [1, 3, 9], eta: 3}",
            "evaluation.epochs=9",
            "budget.trials=27",
            "strategy={kind: random, window: 27, order: arrival}",
            "retrain.top=0");

    Outlook three = outlook(spec, 3, PLAIN);

    double busy = three.deviceSeconds().expected() / 3;
    assertThat(three.rungs().get(0)).isEqualTo(27);
    assertThat(three.rungs().get(1)).isBetween(7.0, 14.0);
    assertThat(three.seconds().expected()).isBetween(busy, busy + 8);
  }

  @Test
  void everySampleIsDrawnFromTheMeasured() {
    Measured measured = new Measured(List.of(SEVEN, PLAIN), List.of(1.0, 2.0));
    List<Measured> drawn = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      drawn.add(measured.resampled(new SplitMix64(i)));
    }

    assertThat(drawn).allSatisfy(m -> assertThat(m.trained()).hasSize(2).isSubsetOf(SEVEN, PLAIN));
    assertThat(drawn.stream().distinct().count()).isGreaterThan(3);
  }
}
