package dev.archipelago.controller.strategy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final double DECAY = 0.9;
  private static final OptionalDouble FAILED = OptionalDouble.empty();
  private static final double[] REWARDS = {0.2, 0.5, 0.1, 0.7, 0.65, 0.3, 0.9, 0.2, 0.4, 0.8};

  private static OptionalDouble of(double reward) {
    return OptionalDouble.of(reward);
  }

  @Test
  void averagesTheFirstRewardsEvenlyAndForgetsLater() {
    Baseline baseline = Baseline.START;
    for (double reward : new double[] {1, 2, 6}) {
      baseline = baseline.after(of(reward), DECAY);
    }
    assertThat(baseline.mean()).isCloseTo(3, within(1e-12));
    // |2 - 1| and |6 - 1.5|, each before its reward was averaged in
    assertThat(baseline.deviation()).isCloseTo((1 + 4.5) / 2, within(1e-12));

    Baseline old = new Baseline(1000, 3, 2, 0);
    Baseline next = old.after(of(13), DECAY);
    assertThat(next.mean()).isCloseTo(0.9 * 3 + 0.1 * 13, within(1e-12));
    assertThat(next.deviation()).isCloseTo(0.9 * 2 + 0.1 * 10, within(1e-12));
  }

  @Test
  void unitAndZeroOfTheRewardDoNotMatter() {
    List<Double> plain = advantages(reward -> reward);
    same(advantages(reward -> 1e12 * reward), plain);
    same(advantages(reward -> 1e-9 * reward - 1e-9), plain);
    same(advantages(reward -> reward - 40), plain);
  }

  private static void same(List<Double> some, List<Double> others) {
    for (int i = 0; i < others.size(); i++) {
      assertThat(some.get(i)).isCloseTo(others.get(i), within(1e-9));
    }
  }

  private static List<Double> advantages(DoubleUnaryOperator scale) {
    List<Double> advantages = new ArrayList<>();
    Baseline baseline = Baseline.START;
    for (double reward : REWARDS) {
      OptionalDouble scaled = of(scale.applyAsDouble(reward));
      advantages.add(baseline.advantage(scaled));
      baseline = baseline.after(scaled, DECAY);
    }
    return advantages;
  }

  @Test
  void oneOutlierIsCut() {
    Baseline baseline = new Baseline(50, 0.5, 0.1, 0.2);
    assertThat(baseline.advantage(of(1e30))).isEqualTo(Baseline.MOST);
    assertThat(baseline.advantage(of(-1e30))).isEqualTo(-Baseline.MOST);
    assertThat(baseline.advantage(of(0.6))).isCloseTo(1, within(1e-12));
  }

  @Test
  void failureCountsAsTheWorstRewardSeen() {
    Baseline baseline = Baseline.START;
    for (double reward : REWARDS) {
      baseline = baseline.after(of(reward), DECAY);
    }
    assertThat(baseline.advantage(FAILED)).isEqualTo(baseline.advantage(of(0.1))).isNegative();
    assertThat(baseline.after(FAILED, DECAY)).isEqualTo(baseline.after(of(0.1), DECAY));
  }

  @Test
  void failuresBeforeAnySuccessTeachNothing() {
    assertThat(Baseline.START.advantage(FAILED)).isZero();
    assertThat(Baseline.START.after(FAILED, DECAY)).isEqualTo(Baseline.START);
  }

  @Test
  void equalRewardsAreNoAdvantageNotEvenByRounding() {
    Baseline baseline = Baseline.START;
    for (int i = 0; i < 100; i++) {
      assertThat(baseline.advantage(of(0.87))).isZero();
      baseline = baseline.after(of(0.87), DECAY);
    }
  }

  @Test
  void hugeRewardsStayFinite() {
    Baseline baseline = Baseline.START;
    for (int i = 0; i < 20; i++) {
      OptionalDouble reward = of(i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
      assertThat(baseline.advantage(reward)).isBetween(-Baseline.MOST, Baseline.MOST);
      baseline = baseline.after(reward, DECAY);
      assertThat(Double.isFinite(baseline.mean() + baseline.deviation())).isTrue();
    }
  }
}
