package dev.archipelago.controller.strategy.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schulman et al. 2017, Figure 1 and Eq. 7, by hand. */
class ClippedObjectiveTest {
  private static final ClippedObjective OBJECTIVE = new ClippedObjective(0.2);

  @ParameterizedTest
  @CsvSource({
    "1.0, 2, 2.0, 2.0",
    "1.1, 2, 2.2, 2.2",
    "1.5, 2, 2.4, 0", // likelier by more than is rewarded
    "0.5, 2, 1.0, 1.0", // a good decision that became less likely may come back
    "1.0, -2, -2.0, -2.0",
    "0.9, -2, -1.8, -1.8",
    "0.5, -2, -1.6, 0", // less likely by more than is rewarded
    "1.5, -2, -3.0, -3.0", // a bad decision that became likelier may come back
    "1.5, 0, 0, 0",
  })
  void clipsWhatWouldBeGainedAndNeverWhatIsLost(
      double ratio, double advantage, double value, double slope) {
    double then = Math.log(0.3);
    double now = then + Math.log(ratio);
    assertThat(OBJECTIVE.value(now, then, advantage)).isCloseTo(value, within(1e-12));
    assertThat(OBJECTIVE.slope(now, then, advantage)).isCloseTo(slope, within(1e-12));
  }

  @Test
  void slopeIsTheDerivative() {
    double step = 1e-6;
    for (double advantage : new double[] {-1.7, 0.4, 3}) {
      for (double now = -3; now < 0; now += 0.037) {
        double up = OBJECTIVE.value(now + step, -1.2, advantage);
        double down = OBJECTIVE.value(now - step, -1.2, advantage);
        assertThat(OBJECTIVE.slope(now, -1.2, advantage))
            .isCloseTo((up - down) / (2 * step), within(1e-6));
      }
    }
  }
}
