package dev.archipelago.controller.strategy.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyContract;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.genotype.Genotypes;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.ChainSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RegularizedEvolutionTest extends StrategyContract {
  private static final RegularizedEvolution KIND = new RegularizedEvolution(10, 3);
  private static final EdgeSpace SPACE = new EdgeSpace();

  @Override
  protected StrategyKind kind() {
    return KIND;
  }

  @Override
  protected String goldenDigest() {
    return "7feaef2a13d74ac431747c11772f536d";
  }

  @Test
  void theOldestDiesHoweverGood() {
    Population population = Population.empty(new RegularizedEvolution(3, 2), SPACE);
    double[] rewards = {9, 1, 2, 3, 4};
    for (int n = 0; n < rewards.length; n++) {
      population = told(population, n, OptionalDouble.of(rewards[n]));
    }
    assertThat(population.members().stream().map(Member::reward)).containsExactly(2.0, 3.0, 4.0);
  }

  @Test
  void aTournamentOfAllIsWonByTheBest() {
    Population population = Population.empty(new RegularizedEvolution(5, 5), SPACE);
    for (int n = 0; n < 5; n++) {
      population = told(population, n, OptionalDouble.of(n == 2 ? 1 : 0));
    }
    Architecture best = population.members().get(2).architecture();
    for (int n = 5; n < 30; n++) {
      assertThat(Genotypes.distance(Searches.ask(population, n, 1), best)).isEqualTo(1);
    }
  }

  @Test
  void childrenAreNewAsLongAsTheParentHasUnknownNeighbours() {
    List<Architecture> proposals =
        Searches.run(KIND, SPACE, 200, 1, 5, a -> a.values().stream().mapToInt(v -> v).sum());
    List<Architecture> children = proposals.subList(10, 200);
    assertThat(new HashSet<>(children)).hasSizeGreaterThan(180);
  }

  @Test
  void theFirstAreRandomUntilThePopulationIsOut() {
    Strategy none = KIND.start(new StrategyContext(SPACE, 100, 1));
    List<Architecture> random =
        Searches.run(KIND, SPACE, 10, 10, 1, a -> 0); // nothing told before the last is asked
    Strategy strategy = none;
    for (int n = 0; n < 10; n++) {
      assertThat(Searches.ask(strategy, n, 1)).isEqualTo(random.get(n));
      strategy = told(strategy, n, random.get(n), OptionalDouble.of(1));
    }
    List<Architecture> parents = random;
    assertThat(Searches.ask(strategy, 10, 1))
        .matches(a -> parents.stream().anyMatch(p -> Genotypes.distance(a, p) == 1));
  }

  /** With 16 running and a population of 10, the eleventh has no parents yet. */
  @Test
  void goesOnAtRandomWhileNothingIsTold() {
    assertThat(Searches.run(KIND, SPACE, 60, 16, 1, a -> 0)).hasSize(60);
  }

  @Test
  void failuresNeitherBreedNorKill() {
    Population population = Population.empty(KIND, SPACE);
    for (int n = 0; n < 30; n++) {
      population = told(population, n, n % 2 == 0 ? OptionalDouble.of(n) : OptionalDouble.empty());
    }
    assertThat(population.members()).hasSize(10);
    assertThat(population.members().stream().map(Member::reward))
        .containsExactly(10.0, 12.0, 14.0, 16.0, 18.0, 20.0, 22.0, 24.0, 26.0, 28.0);
  }

  /** Allowed generously; a state copied in full would take hundreds of times as long. */
  @Test
  void aResultCostsTheSameAfterTenThousand() {
    ChainSpace space = new ChainSpace(6, List.of(1, 3, 5), List.of(1, 2), List.of(8, 16), true);
    Strategy strategy = KIND.start(new StrategyContext(space, 11_000, 1));
    List<Long> nanos = new ArrayList<>();
    for (int n = 0; n < 11_000; n++) {
      Architecture architecture = Searches.ask(strategy, n, 1);
      strategy = strategy.proposed(n, architecture);
      Told result = new Told(n, architecture, OptionalDouble.of(n % 97));
      long start = System.nanoTime();
      strategy = strategy.tell(result);
      if (n >= 10_000) {
        nanos.add(System.nanoTime() - start);
      }
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    assertThat(sorted[sorted.length / 2]).as(Arrays.toString(sorted)).isLessThan(100_000);
  }

  private static Population told(Population population, int n, OptionalDouble reward) {
    return (Population) told(population, n, Searches.ask(population, n, 1), reward);
  }

  private static Strategy told(
      Strategy strategy, int n, Architecture architecture, OptionalDouble reward) {
    return strategy.proposed(n, architecture).tell(new Told(n, architecture, reward));
  }
}
