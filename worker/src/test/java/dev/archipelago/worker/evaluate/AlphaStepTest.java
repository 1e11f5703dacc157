package dev.archipelago.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round.AlphaRule;
import dev.archipelago.protocol.trial.Round.Alphas;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlphaStepTest {
  private static final Ragged ZERO = ragged(0, 0);

  private static Ragged ragged(double first, double second) {
    return new Ragged(List.of(List.of(first), List.of(second)));
  }

  @Test
  void theFirstStepIsAsLongAsTheRateWhateverTheGradient() {
    AlphaRule rule = new AlphaRule(0.01, 0.5, 0.999, 0);

    Alphas after = AlphaStep.after(new Alphas(ZERO, ZERO, ZERO, 0), ragged(3, -1e-3), rule);

    assertThat(after.values().get(0, 0)).isCloseTo(-0.01, within(1e-7));
    assertThat(after.values().get(1, 0)).isCloseTo(0.01, within(1e-6));
    assertThat(after.updates()).isEqualTo(1);
  }

  @Test
  void agreesWithTwoStepsByHand() {
    AlphaRule rule = new AlphaRule(0.1, 0.5, 0.9, 0);
    Alphas one = AlphaStep.after(new Alphas(ZERO, ZERO, ZERO, 0), ragged(1, 0), rule);

    Alphas two = AlphaStep.after(one, ragged(2, 0), rule);

    // m = 0.5 * 0.5 + 0.5 * 2 = 1.25, over 1 - 0.25; v = 0.9 * 0.1 + 0.1 * 4 = 0.49, over 1 - 0.81
    double second = 0.1 * (1.25 / 0.75) / Math.sqrt(0.49 / 0.19);
    assertThat(two.values().get(0, 0)).isCloseTo(-0.1 - second, within(1e-7));
  }

  @Test
  void weightDecayPullsTowardsZero() {
    AlphaRule rule = new AlphaRule(0.01, 0.5, 0.999, 0.1);

    Alphas after = AlphaStep.after(new Alphas(ragged(2, -2), ZERO, ZERO, 0), ZERO, rule);

    assertThat(after.values().get(0, 0)).isLessThan(2);
    assertThat(after.values().get(1, 0)).isGreaterThan(-2);
  }
}
