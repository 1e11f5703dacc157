package dev.archipelago.controller.strategy.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
  private static final double[] COVARIANCE = {1, 0.5, 0.2};

  /** K + noise = [[1.1, .5], [.5, 1.1]], its inverse [[1.1, -.5], [-.5, 1.1]] / .96. */
  @Test
  void agreesWithTwoPointsByHand() {
    GaussianProcess process =
        GaussianProcess.fit(
            List.of(new int[] {0, 0}, new int[] {0, 1}), new double[] {1, -1}, COVARIANCE, 0.1);
    double weight = 1.6 / 0.96; // (K + noise)^-1 (1, -1) = (weight, -weight)
    Forecast forecast = process.at(new int[] {1, 0}); // shares (.5, .2) with the two
    assertThat(forecast.mean()).isCloseTo(0.3 * weight, within(1e-12));
    double reduction = (1.1 * 0.25 - 2 * 0.5 * 0.1 + 1.1 * 0.04) / 0.96;
    assertThat(forecast.deviation()).isCloseTo(Math.sqrt(1 - reduction), within(1e-12));
    assertThat(process.evidence()).isCloseTo(-weight - 0.5 * Math.log(0.96), within(1e-12));
  }

  @Test
  void knowsWhatItWasToldAndNothingFarAway() {
    double[] short3 = {1, 1e-3, 1e-6};
    GaussianProcess process =
        GaussianProcess.fit(List.of(new int[] {0, 0}), new double[] {2}, short3, 1e-6);
    assertThat(process.at(new int[] {0, 0}).mean()).isCloseTo(2, within(1e-5));
    assertThat(process.at(new int[] {0, 0}).deviation()).isCloseTo(0, within(2e-3));
    assertThat(process.at(new int[] {1, 1}).mean()).isCloseTo(0, within(1e-5));
    assertThat(process.at(new int[] {1, 1}).deviation()).isCloseTo(1, within(1e-5));
  }

  /** A sum over 8 decisions of 4 values, 80 of 65,536 seen: those unseen are forecast, too. */
  @Test
  void learnsWhatAddsUp() {
    SplitMix64 random = new SplitMix64(1);
    List<int[]> points = new ArrayList<>();
    double[] targets = new double[80];
    for (int i = 0; i < targets.length; i++) {
      points.add(point(random));
      targets[i] = value(points.get(i));
    }
    Ensemble ensemble = Ensemble.fit(points, targets, 8);
    GaussianProcess process = ensemble.draw(random);
    double squares = 0;
    double errors = 0;
    for (int i = 0; i < 200; i++) {
      int[] unseen = point(random);
      squares += Math.pow(value(unseen), 2);
      errors += Math.pow(value(unseen) - process.at(unseen).mean(), 2);
    }
    assertThat(1 - errors / squares).isGreaterThan(0.6); // share of the variance
  }

  @Test
  void drawsTheLikelierProcessMoreOften() {
    List<int[]> points = List.of(new int[] {0, 0}, new int[] {0, 1}, new int[] {1, 1});
    double[] targets = {1, 1, 1};
    GaussianProcess smooth = GaussianProcess.fit(points, targets, new double[] {1, 0.9, 0.8}, 0.1);
    GaussianProcess rough = GaussianProcess.fit(points, targets, new double[] {1, 0, 0}, 0.1);
    double odds = Math.exp(smooth.evidence() - rough.evidence());
    Ensemble ensemble = new Ensemble(List.of(rough, smooth));
    SplitMix64 random = new SplitMix64(1);
    int draws = 4_000;
    int count = 0;
    for (int i = 0; i < draws; i++) {
      count += ensemble.draw(random) == smooth ? 1 : 0;
    }
    assertThat(odds).isBetween(1.5, 20.0);
    assertThat(count / (double) draws).isCloseTo(odds / (1 + odds), within(0.03));
  }

  private static int[] point(SplitMix64 random) {
    int[] point = new int[8];
    for (int i = 0; i < point.length; i++) {
      point[i] = random.nextInt(4);
    }
    return point;
  }

  /** Mean 0 and variance 1 over all points. */
  private static double value(int[] point) {
    double sum = 0;
    for (int value : point) {
      sum += value - 1.5;
    }
    return sum / Math.sqrt(8 * 1.25);
  }
}
