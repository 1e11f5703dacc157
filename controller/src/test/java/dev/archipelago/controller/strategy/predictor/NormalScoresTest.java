package dev.archipelago.controller.strategy.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalScoresTest {

  @Test
  void quantilesAreThoseOfTheTables() {
    assertThat(NormalScores.quantile(0.5)).isCloseTo(0, within(5e-4));
    assertThat(NormalScores.quantile(0.975)).isCloseTo(1.95996, within(5e-4));
    assertThat(NormalScores.quantile(0.01)).isCloseTo(-2.32635, within(5e-4));
    assertThat(NormalScores.quantile(0x1p-54)).isCloseTo(-8.2923, within(5e-3));
    assertThat(NormalScores.quantile(1 - 0x1p-53)).isFinite();
  }

  @Test
  void onlyTheOrderOfRewardsMatters() {
    double[] scores = NormalScores.of(new double[] {3, -1e300, 7, 3, Double.MAX_VALUE});
    assertThat(scores)
        .containsExactly(
            NormalScores.quantile(0.4),
            NormalScores.quantile(0.1),
            NormalScores.quantile(0.7),
            NormalScores.quantile(0.4),
            NormalScores.quantile(0.9));
  }

  @Test
  void equalRewardsAreAllInTheMiddle() {
    assertThat(NormalScores.of(new double[] {0.0, -0.0, 0.0}))
        .containsOnly(NormalScores.quantile(0.5));
  }
}
