package dev.archipelago.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KendallTauTest {
  @Test
  void countsPairsInOrder() {
    // Of the 6 pairs 5 agree and 1 does not: (5 - 1) / 6.
    double tau = KendallTau.of(new double[] {1, 2, 3, 4}, new double[] {1, 2, 4, 3});
    assertThat(tau).isEqualTo(4 / 6.0, within(1e-12));
    assertThat(KendallTau.of(new double[] {1, 2, 3}, new double[] {3, 2, 1})).isEqualTo(-1);
  }

  @Test
  void tiesCountOnNeitherSide() {
    // Pairs (0,1) tied on the first: 5 and 6 untied, 5 agree: 5 / sqrt(30).
    double tau = KendallTau.of(new double[] {1, 1, 2, 3}, new double[] {1, 2, 3, 4});
    assertThat(tau).isEqualTo(5 / Math.sqrt(30), within(1e-12));
  }
}
