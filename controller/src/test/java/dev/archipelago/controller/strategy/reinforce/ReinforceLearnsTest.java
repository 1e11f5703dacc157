package dev.archipelago.controller.strategy.reinforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.random.RandomSearch;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.ChainSpace;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A hidden architecture among 2^19, three skips among its decisions; the reward is the share of
 * decisions that were guessed. In all of random search's draws below together it would turn up with
 * a chance of 1 in 200.
 */
class ReinforceLearnsTest {
  private static final ChainSpace SPACE =
      new ChainSpace(4, List.of(3, 5), List.of(1, 2), List.of(8, 16), true);
  private static final int TRIALS = 300;
  private static final int WINDOW = 8;
  private static final int SEEDS = 8;

  @Test
  void findsTheBestOfHalfAMillionWhereRandomSearchDoesNot() {
    Summary reinforce = search(Reinforce.read(TRIALS, Settings.none()));
    Summary random = search(new RandomSearch());
    assertThat(reinforce.found()).isGreaterThanOrEqualTo(3);
    assertThat(random.found()).isZero();
    assertThat(reinforce.lastLikeness()).isGreaterThan(0.75);
    assertThat(random.lastLikeness()).isBetween(0.47, 0.53);
  }

  /** By a power of two, which rounds nothing: the proposals are the same to the last. */
  @Test
  void scaleOfTheRewardDoesNotMatter() {
    StrategyKind kind = Reinforce.read(60, Settings.none());
    Architecture best = SPACE.sample(SplitMix64.of(1, 99));
    List<Architecture> plain = Searches.run(kind, SPACE, 60, 8, 1, a -> likeness(a, best));
    assertThat(Searches.run(kind, SPACE, 60, 8, 1, a -> 0x1p40 * likeness(a, best)))
        .isEqualTo(plain);
    assertThat(Searches.run(kind, SPACE, 60, 8, 1, a -> 0x1p-40 * likeness(a, best)))
        .isEqualTo(plain);
  }

  /**
   * @param found searches that proposed the hidden architecture
   * @param lastLikeness mean reward of every search's last tenth
   */
  private record Summary(long found, double lastLikeness) {}

  private static Summary search(StrategyKind kind) {
    List<Summary> searches =
        LongStream.range(0, SEEDS).parallel().mapToObj(seed -> search(kind, seed)).toList();
    return new Summary(
        searches.stream().mapToLong(Summary::found).sum(),
        searches.stream().mapToDouble(Summary::lastLikeness).average().orElseThrow());
  }

  private static Summary search(StrategyKind kind, long seed) {
    Architecture best = SPACE.sample(SplitMix64.of(seed, 99));
    List<Architecture> proposals =
        Searches.run(kind, SPACE, TRIALS, WINDOW, seed, a -> likeness(a, best));
    double last =
        proposals.subList(TRIALS - TRIALS / 10, TRIALS).stream()
            .mapToDouble(a -> likeness(a, best))
            .average()
            .orElseThrow();
    return new Summary(proposals.contains(best) ? 1 : 0, last);
  }

  private static double likeness(Architecture one, Architecture other) {
    int equal = 0;
    for (int i = 0; i < other.values().size(); i++) {
      equal += one.value(i) == other.value(i) ? 1 : 0;
    }
    return equal / (double) other.values().size();
  }
}
