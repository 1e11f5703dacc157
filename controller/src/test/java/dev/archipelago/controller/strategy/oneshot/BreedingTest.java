package dev.archipelago.controller.strategy.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.shared.Ranked;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreedingTest {
  private static final EdgeSpace SPACE = new EdgeSpace();

  private static Ranked ranked(double accuracy, Integer... values) {
    return new Ranked(new Architecture(SPACE.kind(), List.of(values)), new Score(accuracy, 1, 100));
  }

  private static List<Architecture> next(Breeding breeding, List<Ranked> ranked) {
    return breeding.next(SPACE, ranked, new SplitMix64(5));
  }

  @Test
  void halfAreCrossoversOfTheBest() {
    List<Ranked> ranked =
        List.of(
            ranked(0.1, 4, 4, 4, 4, 4, 4),
            ranked(0.9, 1, 1, 1, 1, 1, 1),
            ranked(0.8, 2, 2, 2, 2, 2, 2));
    List<Architecture> next = next(new Breeding(true, 20, 2, 0), ranked);
    assertThat(next).hasSize(20).doesNotHaveDuplicates();
    assertThat(next.subList(0, 10))
        .allSatisfy(child -> assertThat(child.values()).containsOnly(1, 2));
  }

  @Test
  void theOtherHalfAreMutants() {
    List<Ranked> ranked = List.of(ranked(0.9, 1, 1, 1, 1, 1, 1));
    List<Architecture> next = next(new Breeding(true, 200, 1, 0.1), ranked);
    double kept =
        next.subList(100, 200).stream()
            .flatMap(child -> child.values().stream())
            .filter(value -> value == 1)
            .count();
    assertThat(kept / 600).isBetween(0.6, 0.85); // none of them is the parent itself
  }

  @Test
  void nothingIsRankedTwice() {
    List<Ranked> ranked = List.of(ranked(0.9, 1, 1, 1, 1, 1, 1), ranked(0.8, 1, 1, 1, 1, 1, 2));
    List<Architecture> next = next(new Breeding(true, 50, 2, 0.1), ranked);
    assertThat(next)
        .doesNotHaveDuplicates()
        .doesNotContain(ranked.get(0).architecture(), ranked.get(1).architecture());
  }
}
