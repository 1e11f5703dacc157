package dev.archipelago.controller.strategy.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyContract;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.random.RandomSearch;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.ChainSpace;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PredictorTest extends StrategyContract {
  private static final ChainSpace SMALL =
      new ChainSpace(2, List.of(3, 5), List.of(1), List.of(8, 16, 24), false);

  @Override
  protected StrategyKind kind() {
    return new Predictor(8, 3, 10, 1, 20);
  }

  @Override
  protected String goldenDigest() {
    return "41e7ae4d3e719f7fe68ecce8ba8fcdfe";
  }

  @Test
  void proposesNothingTwiceAndEndsWithTheSpace() {
    for (int window : new int[] {1, 8, 200}) {
      List<Architecture> all =
          Searches.run(kind(), SMALL, 1_000, window, 1, a -> a.values().get(0));
      assertThat(all).hasSize(144);
      assertThat(new HashSet<>(all)).hasSize(144);
    }
  }

  /**
   * One of 2^19, and the reward is how many decisions are right, as {@code reinforce} is tested.
   */
  @Test
  void findsTheHiddenArchitectureThatRandomSearchDoesNot() {
    ChainSpace space = new ChainSpace(4, List.of(3, 5), List.of(1, 2), List.of(8, 16), true);
    int found = 0;
    int foundAtRandom = 0;
    for (int seed = 0; seed < 4; seed++) {
      Architecture best = space.sample(SplitMix64.of(seed, 99));
      StrategyKind kind = Predictor.read(150, Settings.none());
      found += find(kind, space, seed, best) ? 1 : 0;
      foundAtRandom += find(new RandomSearch(), space, seed, best) ? 1 : 0;
    }
    assertThat(found).isEqualTo(4);
    assertThat(foundAtRandom).isZero();
  }

  private static boolean find(StrategyKind kind, ChainSpace space, long seed, Architecture best) {
    return Searches.run(kind, space, 150, 8, seed, a -> likeness(a, best)).contains(best);
  }

  private static double likeness(Architecture one, Architecture other) {
    int equal = 0;
    for (int i = 0; i < other.values().size(); i++) {
      equal += one.value(i) == other.value(i) ? 1 : 0;
    }
    return equal;
  }

  /** Failures carry no reward, so a search that only fails stays at random. */
  @Test
  void learnsNothingFromFailures() {
    Strategy strategy = kind().start(new StrategyContext(SMALL, 60, 1));
    for (int n = 0; n < 60; n++) {
      Architecture architecture = Searches.ask(strategy, n, 1);
      strategy =
          strategy
              .proposed(n, architecture)
              .tell(new Told(n, architecture, OptionalDouble.empty()));
    }
    assertThat(((Survey) strategy).archive().scored()).isEmpty();
    assertThat(((Survey) strategy).archive().known()).hasSize(60);
  }

  /** A third power would take minutes here, were it not for {@code training}. */
  @Test
  void asksInMillisecondsAfterThousandsOfResults() {
    ChainSpace space = new ChainSpace(8, List.of(1, 3, 5), List.of(1, 2), List.of(8, 16), true);
    StrategyKind kind = Predictor.read(5_000, Settings.none());
    Strategy strategy = kind.start(new StrategyContext(space, 5_000, 1));
    for (int n = 0; n < 3_000; n++) {
      Architecture architecture = space.sample(SplitMix64.of(1, n));
      strategy =
          strategy
              .proposed(n, architecture)
              .tell(new Told(n, architecture, OptionalDouble.of(n % 101)));
    }
    long start = System.nanoTime();
    for (int n = 3_000; n < 3_020; n++) {
      space.check(Searches.ask(strategy, n, 1));
    }
    assertThat((System.nanoTime() - start) / 20).isLessThan(1_000_000_000L); // generous
  }
}
