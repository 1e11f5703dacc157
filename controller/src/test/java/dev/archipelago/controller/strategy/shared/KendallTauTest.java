package dev.archipelago.controller.strategy.shared;

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

  /** Of the 120 orders of five numbers, by counting them all. */
  @Test
  void standardErrorIsThatOfRandomOrders() {
    double[] order = {0, 1, 2, 3, 4};
    double sum = sumOfSquares(order, 0);
    assertThat(KendallTau.standardError(5)).isEqualTo(Math.sqrt(sum / 120), within(1e-12));
    assertThat(KendallTau.standardError(5)).isEqualTo(0.41, within(0.005));
  }

  private static double sumOfSquares(double[] order, int from) {
    if (from == order.length) {
      double tau = KendallTau.of(new double[] {0, 1, 2, 3, 4}, order);
      return tau * tau;
    }
    double sum = 0;
    for (int i = from; i < order.length; i++) {
      double[] swapped = order.clone();
      swapped[from] = order[i];
      swapped[i] = order[from];
      sum += sumOfSquares(swapped, from + 1);
    }
    return sum;
  }
}
