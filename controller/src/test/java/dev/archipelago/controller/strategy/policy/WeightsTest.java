package dev.archipelago.controller.strategy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WeightsTest {

  /** Kingma and Ba 2015, Algorithm 1, by hand for two steps. */
  @Test
  void stepsAsAdamDoes() {
    Weights weights = Weights.fresh(new double[] {1, -2});
    Weights once = weights.step(new double[] {0.5, 0}, 0.1, 0.9, 0.99);
    // Corrected for its start, the first mean is the gradient and the first square its square.
    assertThat(once.values()[0]).isCloseTo(1 - 0.1, within(1e-8));
    assertThat(once.values()[1]).isEqualTo(-2);

    Weights twice = once.step(new double[] {-1, 0}, 0.1, 0.9, 0.99);
    double mean = (0.9 * 0.1 * 0.5 + 0.1 * -1) / (1 - 0.81);
    double square = (0.99 * 0.01 * 0.25 + 0.01 * 1) / (1 - 0.9801);
    assertThat(twice.values()[0])
        .isCloseTo(once.values()[0] - 0.1 * mean / Math.sqrt(square), within(1e-8));
    assertThat(twice.updates()).isEqualTo(2);
    assertThat(weights.values()).containsExactly(1, -2);
  }
}
