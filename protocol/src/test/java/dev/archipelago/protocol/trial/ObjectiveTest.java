package dev.archipelago.protocol.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.AbstractDoubleAssert;
import org.junit.jupiter.api.Test;

/** The expected numbers were computed by hand from the papers' formulas. */
class ObjectiveTest {
  private static final Duration TWO_MILLIS = Duration.ofMillis(2);
  private static final Duration MICRO = Duration.ofNanos(1000);

  @Test
  void accuracyIsItself() {
    assertReward(new Objective.Accuracy(), measured(0.8, 0.5, TWO_MILLIS)).isEqualTo(0.8);
    assertThat(new Objective.Accuracy().measuresLatency()).isFalse();
  }

  @Test
  void softMnasNetTradesDoubleLatencyForFivePercent() {
    Objective soft = new Objective.AccuracyLatency(TWO_MILLIS, -0.07, -0.07);
    // 0.8 * 2^-0.07, 0.8 * 1, 0.8 * 0.5^-0.07
    assertReward(soft, measured(0.8, 0.5, Duration.ofMillis(4))).isEqualTo(0.76211, within(1e-5));
    assertReward(soft, measured(0.8, 0.5, TWO_MILLIS)).isEqualTo(0.8);
    assertReward(soft, measured(0.8, 0.5, Duration.ofMillis(1))).isEqualTo(0.83977, within(1e-5));
    assertThat(soft.measuresLatency()).isTrue();
  }

  @Test
  void hardMnasNetOnlyPunishesAboveTheTarget() {
    Objective hard = new Objective.AccuracyLatency(TWO_MILLIS, 0, -1);
    assertReward(hard, measured(0.8, 0.5, Duration.ofMillis(4))).isEqualTo(0.4, within(1e-12));
    assertReward(hard, measured(0.8, 0.5, Duration.ofMillis(1))).isEqualTo(0.8, within(1e-12));
  }

  @Test
  void logLatencyWeighsLossInItsUnit() {
    Objective objective = new Objective.LossLogLatency(0.6, MICRO);
    // -(0.5 * ln(1000)^0.6), with ln(1000) = 6.907755
    assertReward(objective, measured(0.8, 0.5, Duration.ofMillis(1)))
        .isEqualTo(-1.594308, within(1e-6));
    assertThat(objective.measuresLatency()).isTrue();
  }

  @Test
  void logLatencyCountsLessThanTwoUnitsAsTwo() {
    Objective objective = new Objective.LossLogLatency(1, MICRO);
    double atTwo = -0.5 * 0.693147;
    for (int nanos : new int[] {0, 1, 999, 1000, 2000}) {
      assertReward(objective, measured(0.8, 0.5, Duration.ofNanos(nanos)))
          .isEqualTo(atTwo, within(1e-6));
    }
  }

  @Test
  void logRatioIsDefinedForEveryLatency() {
    Objective objective = new Objective.LossLogRatio(1, TWO_MILLIS);
    // -(0.5 * ln(2)), -(0.5 * ln(1.5))
    assertReward(objective, measured(0.8, 0.5, TWO_MILLIS)).isEqualTo(-0.346574, within(1e-6));
    assertReward(objective, measured(0.8, 0.5, Duration.ofMillis(1)))
        .isEqualTo(-0.202733, within(1e-6));
    assertReward(objective, measured(0.8, 0.5, Duration.ZERO)).isEqualTo(0, within(1e-12));
  }

  @Test
  void aMetricIsWhatTheProgramWrote() {
    Measurement written = measured(0.8, 0.5, TWO_MILLIS);
    assertThat(new Objective.Metric("loss", false).reward(written)).hasValue(-0.5);
    assertThat(new Objective.Metric("auc", true).reward(written)).isEmpty();
  }

  @Test
  void hasNoRewardForWhatIsNotFinite() {
    for (Objective objective : all()) {
      Measurement nan = measured(Double.NaN, Double.NaN, TWO_MILLIS);
      assertThat(objective.reward(nan)).as(objective.toString()).isEmpty();
    }
    Objective soft = new Objective.AccuracyLatency(TWO_MILLIS, -0.07, -0.07);
    assertThat(soft.reward(measured(0.8, 0.5, Duration.ZERO))).isEmpty();
  }

  @Test
  void hasNoRewardWithoutValidation() {
    for (Objective objective : all()) {
      Measurement tested =
          measurement(
              Optional.empty(),
              Optional.of(new TestScore(new Score(0.9, 0.1, 10), new BitSet())),
              List.of(new Latency(1, TWO_MILLIS, TWO_MILLIS)));
      assertThat(objective.reward(tested)).as(objective.toString()).isEmpty();
    }
  }

  @Test
  void hasNoRewardWithoutTheLatencyThatCounts() {
    Measurement unprofiled =
        measurement(Optional.of(new Score(0.8, 0.5, 100)), Optional.empty(), List.of());
    for (Objective objective : all()) {
      assertThat(objective.reward(unprofiled).isPresent())
          .as(objective.toString())
          .isEqualTo(!objective.measuresLatency());
    }
  }

  private static List<Objective> all() {
    List<Objective> all =
        List.of(
            new Objective.Accuracy(),
            new Objective.AccuracyLatency(TWO_MILLIS, -0.07, -0.07),
            new Objective.LossLogLatency(0.6, MICRO),
            new Objective.LossLogRatio(0.6, TWO_MILLIS),
            new Objective.Metric("loss", false));
    assertThat(all.stream().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrder(Objective.class.getPermittedSubclasses());
    return all;
  }

  private static AbstractDoubleAssert<?> assertReward(
      Objective objective, Measurement measurement) {
    return assertThat(objective.reward(measurement).orElseThrow());
  }

  private static Measurement measured(double accuracy, double lossNats, Duration p50) {
    return measurement(
        Optional.of(new Score(accuracy, lossNats, 100)),
        Optional.empty(),
        List.of(
            new Latency(1, p50, p50.multipliedBy(2)),
            new Latency(64, p50.multipliedBy(50), p50.multipliedBy(60))));
  }

  private static Measurement measurement(
      Optional<Score> validation, Optional<TestScore> test, List<Latency> latency) {
    return new Measurement(
        validation,
        test,
        List.of(),
        latency,
        1,
        1,
        1,
        1,
        1,
        "cpu",
        "torch",
        1,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }
}
