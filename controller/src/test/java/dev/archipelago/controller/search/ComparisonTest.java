package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void theIntervalAgreesWithTheNormalApproximation() {
    // 600 images only the first gets right, 500 only the second, of 10,000: d = 0.01 and
    // se = sqrt((0.11 - 0.0001) / 10,000) = 0.003315, so +- 1.96 se = 0.0065.
    Comparison comparison = Comparison.paired(bits(0, 7_600), bits(600, 8_100), 10_000, 1);
    assertThat(comparison.difference()).isEqualTo(0.01, within(1e-12));
    assertThat(comparison.low()).isEqualTo(0.0035, within(5e-4));
    assertThat(comparison.high()).isEqualTo(0.0165, within(5e-4));
    assertThat(comparison.sentence())
        .startsWith("The winner's network is better than the baseline's network by 1.00 points")
        .endsWith("This is about these two networks, not about the strategies.");
  }

  @Test
  void twoAlikeNetworksCannotBeToldApart() {
    Comparison comparison = Comparison.paired(bits(0, 9_000), bits(10, 9_012), 10_000, 1);
    assertThat(comparison.sentence()).contains("cannot be told apart");
  }

  @Test
  void aWorseWinnerIsCalledWorse() {
    Comparison comparison = Comparison.paired(bits(0, 8_000), bits(0, 9_000), 10_000, 1);
    assertThat(comparison.sentence()).contains("worse than the baseline's network by 10.00 points");
    assertThat(comparison.high()).isNegative();
  }

  private static BitSet bits(int from, int to) {
    BitSet bits = new BitSet();
    bits.set(from, to);
    return bits;
  }
}
