package dev.archipelago.controller.strategy.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.StrategyContract;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.genotype.Archive;
import dev.archipelago.controller.strategy.genotype.Genotypes;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.ChainSpace;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalSearchTest extends StrategyContract {
  private static final EdgeSpace SPACE = new EdgeSpace();

  @Override
  protected StrategyKind kind() {
    return new LocalSearch(5, LocalSearch.Improvement.FIRST);
  }

  @Override
  protected String goldenDigest() {
    return "ec8091de7934054f22cf7f81e3932027";
  }

  @Test
  void stepsToTheFirstBetterNeighbour() {
    Climb climb = climb(1, LocalSearch.Improvement.FIRST);
    climb = told(climb, 0, OptionalDouble.of(5));
    climb = told(climb, 1, OptionalDouble.of(4));
    climb = told(climb, 2, OptionalDouble.empty());
    assertThat(climb.at()).isEqualTo(OptionalInt.of(0));
    climb = told(climb, 3, OptionalDouble.of(6));
    assertThat(climb.at()).isEqualTo(OptionalInt.of(3));
    Architecture here = climb.archive().entries().get(3).architecture();
    assertThat(Genotypes.distance(Searches.ask(climb, 4, 1), here)).isEqualTo(1);
  }

  @Test
  void stepsToTheBestNeighbourWhenAllAreTold() {
    Climb climb = climb(1, LocalSearch.Improvement.BEST);
    climb = told(climb, 0, OptionalDouble.of(0));
    for (int n = 1; n <= 24; n++) {
      assertThat(climb.at()).isEqualTo(OptionalInt.of(0));
      climb = told(climb, n, OptionalDouble.of(n == 7 ? 2 : 1));
    }
    assertThat(climb.at()).isEqualTo(OptionalInt.of(7));
  }

  @ParameterizedTest
  @EnumSource
  void startsAnewAtALocalOptimum(LocalSearch.Improvement improvement) {
    Climb climb = climb(1, improvement);
    climb = told(climb, 0, OptionalDouble.of(9));
    for (int n = 1; n <= 24; n++) {
      climb = told(climb, n, OptionalDouble.of(1));
    }
    assertThat(climb.at()).isEqualTo(OptionalInt.of(0));
    climb = told(climb, 25, OptionalDouble.of(2)); // worse than the optimum, but where to go on
    assertThat(climb.at()).isEqualTo(OptionalInt.of(25));
  }

  @ParameterizedTest
  @EnumSource
  void startsFromTheBestOfTheFirst(LocalSearch.Improvement improvement) {
    Climb climb = climb(4, improvement);
    double[] rewards = {1, 3, 2, 0};
    for (int n = 0; n < 4; n++) {
      climb = told(climb, n, OptionalDouble.of(rewards[n]));
    }
    assertThat(climb.at()).isEqualTo(OptionalInt.of(1));
  }

  @ParameterizedTest
  @EnumSource
  void proposesNothingTwiceAndEndsWithTheSpace(LocalSearch.Improvement improvement) {
    ChainSpace small = new ChainSpace(2, List.of(3, 5), List.of(1), List.of(8, 16, 24), false);
    for (int window : new int[] {1, 8, 200}) {
      List<Architecture> all =
          Searches.run(
              new LocalSearch(3, improvement), small, 1_000, window, 1, LocalSearchTest::sum);
      assertThat(all).hasSize(144);
      assertThat(new HashSet<>(all)).hasSize(144);
    }
  }

  @Test
  void saysWhyItEnds() {
    ChainSpace one = new ChainSpace(1, List.of(3), List.of(1), List.of(8), false);
    Climb climb = Climb.from(new LocalSearch(1, LocalSearch.Improvement.FIRST), Archive.empty(one));
    climb = told(climb, 0, OptionalDouble.of(1));
    assertThat(climb.ask(1, new SplitMix64(1)))
        .isEqualTo(new Ask.Exhausted("all 1 architectures of the space were proposed"));
  }

  /** A single hill: 24 neighbours at most before each of some ten steps. */
  @ParameterizedTest
  @EnumSource
  void climbsAHillToItsTop(LocalSearch.Improvement improvement) {
    for (int window : new int[] {1, 8}) {
      List<Architecture> proposals =
          Searches.run(
              new LocalSearch(1, improvement), SPACE, 400, window, 3, LocalSearchTest::sum);
      assertThat(proposals.stream().mapToDouble(LocalSearchTest::sum).max()).hasValue(24);
    }
  }

  private static double sum(Architecture architecture) {
    return architecture.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Climb climb(int initial, LocalSearch.Improvement improvement) {
    return Climb.from(new LocalSearch(initial, improvement), Archive.empty(SPACE));
  }

  private static Climb told(Climb climb, int n, OptionalDouble reward) {
    Architecture architecture = Searches.ask(climb, n, 1);
    return climb.proposed(n, architecture).tell(new Told(n, architecture, reward));
  }
}
