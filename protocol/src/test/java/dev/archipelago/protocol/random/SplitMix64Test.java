package dev.archipelago.protocol.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {

  /** The numbers that Vigna's reference code prints for this seed. */
  @Test
  void givesThePublishedNumbers() {
    SplitMix64 random = new SplitMix64(1234567);
    assertThat(LongStream.generate(random::nextLong).limit(5))
        .containsExactly(
            6457827717110365317L,
            3203168211198807973L,
            Long.parseUnsignedLong("9817491932198370423"),
            4593380528125082431L,
            Long.parseUnsignedLong("16408922859458223821"));
  }

  @Test
  void keysAndTheirOrderChangeTheStream() {
    Set<Long> first = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      first.add(SplitMix64.of(seed).nextLong());
      for (long a = 0; a < 10; a++) {
        first.add(SplitMix64.of(seed, a).nextLong());
        for (long b = 0; b < 10; b++) {
          first.add(SplitMix64.of(seed, a, b).nextLong());
        }
      }
    }
    assertThat(first).hasSize(10 + 100 + 1000);
    assertThat(SplitMix64.of(7, 1, 2).nextLong()).isEqualTo(SplitMix64.of(7, 1, 2).nextLong());
  }

  @Test
  void doublesAreUniformInTheUnitInterval() {
    SplitMix64 random = new SplitMix64(5);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      double x = random.nextDouble();
      assertThat(x >= 0 && x < 1).isTrue();
      sum += x;
    }
    assertThat(sum / 100_000).isBetween(0.496, 0.504); // 4.4 standard errors
  }

  @Test
  void boundedIntegersAreUniform() {
    SplitMix64 random = new SplitMix64(6);
    int[] seen = new int[7];
    for (int i = 0; i < 70_000; i++) {
      seen[random.nextInt(7)]++;
    }
    assertThat(IntStream.of(seen)).allMatch(count -> count > 9_600 && count < 10_400);
    assertThat(random.nextInt(1)).isZero();
    assertThatThrownBy(() -> random.nextInt(0)).hasMessage("bound must be positive, got 0");
  }

  @Test
  void shufflesIntoEveryOrder() {
    SplitMix64 random = new SplitMix64(7);
    int[] seen = new int[6];
    for (int i = 0; i < 6_000; i++) {
      int[] values = {0, 1, 2};
      random.shuffle(values);
      seen[2 * values[0] + (values[1] > values[2] ? 1 : 0)]++;
    }
    assertThat(IntStream.of(seen)).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void samplesEveryPairWithoutReplacement() {
    SplitMix64 random = new SplitMix64(8);
    int[] seen = new int[9];
    for (int i = 0; i < 6_000; i++) {
      int[] pair = random.sample(3, 2);
      seen[3 * pair[0] + pair[1]]++;
    }
    for (int first = 0; first < 3; first++) {
      for (int second = 0; second < 3; second++) {
        int count = seen[3 * first + second];
        assertThat(count).isBetween(first == second ? 0 : 850, first == second ? 0 : 1_150);
      }
    }
    assertThat(random.sample(5, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    assertThat(random.sample(5, 0)).isEmpty();
    assertThatThrownBy(() -> random.sample(2, 3)).hasMessage("bound must be positive, got 0");
  }
}
