package dev.archipelago.controller.strategy.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {

  @Test
  void isAPermutationOfAnySize() {
    for (int size : new int[] {1, 2, 3, 4, 5, 16, 17, 1_000, 4_096, 15_625}) {
      Shuffle shuffle = new Shuffle(BigInteger.valueOf(size), 3);
      boolean[] seen = new boolean[size];
      for (int i = 0; i < size; i++) {
        int to = shuffle.at(BigInteger.valueOf(i)).intValueExact();
        assertThat(seen[to]).isFalse();
        seen[to] = true;
      }
    }
  }

  /** Where the first of 6 goes, over 6,000 seeds: chi-square, 5 degrees of freedom, 99.9 %. */
  @Test
  void everyPlaceIsEquallyLikely() {
    int[] count = new int[6];
    for (int seed = 0; seed < 6_000; seed++) {
      count[new Shuffle(BigInteger.valueOf(6), seed).at(BigInteger.ZERO).intValueExact()]++;
    }
    double chiSquare = IntStream.of(count).mapToDouble(c -> Math.pow(c - 1_000, 2) / 1_000).sum();
    assertThat(chiSquare).isLessThan(20.5);
  }

  /** Neighbours must not stay neighbours: their differences are as many as the numbers. */
  @Test
  void scattersWhatStandsTogether() {
    Shuffle shuffle = new Shuffle(BigInteger.valueOf(1_000_000), 3);
    Set<BigInteger> steps = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      steps.add(shuffle.at(BigInteger.valueOf(i + 1)).subtract(shuffle.at(BigInteger.valueOf(i))));
    }
    assertThat(steps).hasSizeGreaterThan(990);
  }

  @Test
  void knowsNoLimitOfSize() {
    BigInteger size = BigInteger.TEN.pow(90).add(BigInteger.ONE);
    Shuffle shuffle = new Shuffle(size, 3);
    Set<BigInteger> seen = new HashSet<>();
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < 1_000; i++) {
      BigInteger to = shuffle.at(BigInteger.valueOf(i));
      assertThat(to).isBetween(BigInteger.ZERO, size.subtract(BigInteger.ONE));
      seen.add(to);
      sum = sum.add(to);
    }
    assertThat(seen).hasSize(1_000);
    double mean = sum.doubleValue() / size.doubleValue() / 1_000;
    assertThat(mean).isBetween(0.46, 0.54); // 0.5 +- 0.009
  }
}
