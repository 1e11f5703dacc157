package dev.archipelago.controller.strategy.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GenotypesTest {
  private static final Genotypes GENOTYPES = new Genotypes("some", List.of(3, 1, 2));

  @Test
  void countsThemWithTheLastDecisionFastest() {
    assertThat(GENOTYPES.size()).isEqualTo(6);
    assertThat(IntStream.range(0, 6).mapToObj(i -> GENOTYPES.at(BigInteger.valueOf(i)).values()))
        .containsExactly(
            List.of(0, 0, 0),
            List.of(0, 0, 1),
            List.of(1, 0, 0),
            List.of(1, 0, 1),
            List.of(2, 0, 0),
            List.of(2, 0, 1));
    assertThatThrownBy(() -> GENOTYPES.at(BigInteger.valueOf(6)))
        .hasMessage("there are 6 genotypes, no number 6");
  }

  @Test
  void neighboursAreAllThatDifferInOneDecision() {
    Architecture here = new Architecture("some", List.of(1, 0, 1));
    Set<Architecture> neighbours = new HashSet<>();
    for (int i = 0; i < GENOTYPES.neighbours(); i++) {
      neighbours.add(GENOTYPES.neighbour(here, i));
    }
    Set<Architecture> expected = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      Architecture other = GENOTYPES.at(BigInteger.valueOf(i));
      if (Genotypes.distance(here, other) == 1) {
        expected.add(other);
      }
    }
    assertThat(neighbours).isEqualTo(expected).hasSize(3);
  }

  @Test
  void mutatesEveryOpenDecisionAlikeAndNeverToTheSame() {
    Architecture here = new Architecture("some", List.of(1, 0, 1));
    Map<Architecture, Integer> seen = new HashMap<>();
    SplitMix64 random = new SplitMix64(1);
    int draws = 8_000;
    for (int i = 0; i < draws; i++) {
      seen.merge(GENOTYPES.mutate(here, random), 1, Integer::sum);
    }
    assertThat(seen).hasSize(3);
    assertShare(seen, draws, List.of(1, 0, 0), 0.5);
    assertShare(seen, draws, List.of(0, 0, 1), 0.25);
    assertShare(seen, draws, List.of(2, 0, 1), 0.25);
  }

  @Test
  void refusesWhatIsNone() {
    GENOTYPES.check(new Architecture("some", List.of(2, 0, 1)));
    for (Architecture none :
        List.of(
            new Architecture("other", List.of(2, 0, 1)),
            new Architecture("some", List.of(2, 0)),
            new Architecture("some", List.of(3, 0, 1)),
            new Architecture("some", List.of(2, -1, 1)))) {
      assertThatThrownBy(() -> GENOTYPES.check(none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(none.values() + " of space " + none.space());
    }
  }

  @Test
  void mutatesNothingWhereNothingIsOpen() {
    Architecture only = new Architecture("one", List.of(0, 0));
    assertThat(new Genotypes("one", List.of(1, 1)).mutate(only, new SplitMix64(1))).isEqualTo(only);
  }

  private static void assertShare(
      Map<Architecture, Integer> seen, int draws, List<Integer> values, double share) {
    double count = seen.getOrDefault(new Architecture("some", values), 0);
    double error = Math.sqrt(share * (1 - share) / draws);
    assertThat(count / draws).isCloseTo(share, within(4 * error));
  }
}
