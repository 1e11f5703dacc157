package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void numbersAsPeopleReadThem() {
    assertThat(Format.count(45_210L)).isEqualTo("45,210");
    assertThat(Format.magnitude(999L)).isEqualTo("999");
    assertThat(Format.magnitude(3_210_000L)).isEqualTo("3.21 M");
    assertThat(Format.magnitude(815_000L)).isEqualTo("815 k");
    assertThat(Format.score(0.87314)).isEqualTo("0.8731");
    assertThat(Format.latency(97.2)).isEqualTo("97 us");
    assertThat(Format.latency(612.5)).isEqualTo("0.61 ms");
    assertThat(Format.bytes(340L << 20)).isEqualTo("340 MB");
    assertThat(Format.bytes(3L << 29)).isEqualTo("1.5 GB");
    assertThat(Format.plural(1, "trial")).isEqualTo("1 trial");
    assertThat(Format.plural(2_000, "trial")).isEqualTo("2,000 trials");
  }

  @Test
  void rewardsOfAnySize() {
    assertThat(Format.reward(0.87314)).isEqualTo("0.8731");
    assertThat(Format.reward(-1.5)).isEqualTo("-1.5000");
    assertThat(Format.reward(0.0)).isEqualTo("0.0000");
    assertThat(Format.reward(12_345.67)).isEqualTo("12,345.7");
    assertThat(Format.reward(3.21e14)).isEqualTo("3.21e+14");
    assertThat(Format.reward(-3.21e-5)).isEqualTo("-3.21e-05");
    assertThat(Format.reward(Double.POSITIVE_INFINITY)).isEqualTo("-");
    assertThat(Format.reward(null)).isEqualTo("-");
  }

  @Test
  void durationsInTwoUnits() {
    assertThat(Format.duration(7.4)).isEqualTo("7s");
    assertThat(Format.duration(125.0)).isEqualTo("2m 05s");
    assertThat(Format.duration(3_720.0)).isEqualTo("1h 02m");
    assertThat(Format.duration(200_000.0)).isEqualTo("2d 07h");
  }

  @Test
  void theUnknownIsADash() {
    assertThat(Format.count(null)).isEqualTo("-");
    assertThat(Format.magnitude(null)).isEqualTo("-");
    assertThat(Format.score(Double.NaN)).isEqualTo("-");
    assertThat(Format.latency(null)).isEqualTo("-");
    assertThat(Format.duration(null)).isEqualTo("-");
    assertThat(Format.text(" ")).isEqualTo("-");
  }
}
