package dev.archipelago.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpearmanTest {

  @Test
  void agreesWithRanksByHand() {
    double[] first = {10, 20, 30, 40, 50};
    assertThat(Spearman.of(first, new double[] {1, 4, 9, 16, 25})).isEqualTo(1);
    assertThat(Spearman.of(first, new double[] {5, 4, 3, 2, 1})).isEqualTo(-1);
    // 1 - 6 * (1 + 1 + 1 + 1) / (5 * 24)
    assertThat(Spearman.of(first, new double[] {2, 1, 4, 3, 5})).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void equalValuesShareTheirRank() {
    // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3.
    assertThat(Spearman.of(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}))
        .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
  }
}
