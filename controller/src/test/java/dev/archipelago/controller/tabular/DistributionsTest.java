package dev.archipelago.controller.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against printed tables. */
class DistributionsTest {

  @ParameterizedTest
  @CsvSource({"0.5, 0", "0.8, 0.8416212336", "0.975, 1.9599639845", "0.001, -3.0902323062"})
  void normalQuantiles(double p, double x) {
    assertThat(Normal.quantile(p)).isCloseTo(x, within(1e-9));
    assertThat(Normal.cdf(x)).isCloseTo(p, within(1e-10));
  }

  @Test
  void normalTailsAreSmallAndNeverNegative() {
    assertThat(Normal.cdf(-6)).isCloseTo(9.866e-10, within(1e-12));
    assertThat(Normal.cdf(-9)).isZero();
    assertThat(Normal.cdf(9)).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 12.7062",
    "2, 4.30265",
    "4, 2.77645",
    "5, 2.57058",
    "9, 2.26216",
    "30, 2.04227",
    "100, 1.98397"
  })
  void studentsQuantiles(int freedom, double t) {
    assertThat(StudentT.quantile(0.975, freedom)).isCloseTo(t, within(6e-5));
    assertThat(StudentT.quantile(0.025, freedom)).isCloseTo(-t, within(6e-5));
  }
}
