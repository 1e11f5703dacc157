package dev.archipelago.controller.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PowerCurveTest {

  private static double[] normal(int runs, double mean, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    return DoubleStream.generate(
            () -> mean - 6 + DoubleStream.generate(random::nextDouble).limit(12).sum())
        .limit(runs)
        .toArray();
  }

  /** Half a deviation of the difference needs 34 pairs for 80 %: Cohen 1988, Table 2.4.1. */
  @Test
  void meetsThePowerOfTheTables() {
    double[] better = normal(4_000, Math.sqrt(0.5), 1); // a difference of variance 2
    List<PowerCurve.Point> curve =
        PowerCurve.of(better, normal(4_000, 0, 2), List.of(5, 10, 34, 80), 3);
    assertThat(curve).extracting(PowerCurve.Point::pairs).containsExactly(5, 10, 34, 80);
    assertThat(curve.get(0).better()).isZero();
    assertThat(curve.get(1).better()).isCloseTo(0.29, within(0.06));
    assertThat(curve.get(2).better()).isCloseTo(0.80, within(0.05));
    assertThat(curve.get(3).better()).isCloseTo(0.99, within(0.02));
    assertThat(curve).allMatch(point -> point.worse() < 0.01);
  }
}
