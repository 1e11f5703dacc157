package dev.archipelago.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogDeterminantTest {

  @Test
  void agreesWithDeterminantsByHand() {
    double[] matrix = {2, 0, 1, 1, 3, 2, 0, 1, 4}; // 2 (12 - 2) + 1 (1 - 0)
    assertThat(LogDeterminant.of(matrix, 3)).isCloseTo(Math.log(21), within(1e-12));
    assertThat(matrix).containsExactly(2, 0, 1, 1, 3, 2, 0, 1, 4);
  }

  @Test
  void takesTheSizeOfANegativeDeterminantAndPivotsAtZero() {
    assertThat(LogDeterminant.of(new double[] {0, 5, 3, 0}, 2))
        .isCloseTo(Math.log(15), within(1e-12));
  }

  @Test
  void isInfiniteForASingularMatrix() {
    assertThat(LogDeterminant.of(new double[] {1, 2, 2, 4}, 2)).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
