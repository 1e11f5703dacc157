package dev.archipelago.controller.strategy.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.SharedContract;
import dev.archipelago.controller.strategy.SharedSearches;
import dev.archipelago.controller.strategy.SharedSearches.Search;
import dev.archipelago.controller.strategy.SharedSearches.World;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OneShotTest extends SharedContract {

  @Override
  protected StrategyKind kind() {
    return OneShot.read(
        trials(),
        new FixedSettings(
            Map.of("parts", 3, "steps", 20, "generations", 6, "population", 12, "correlate", 30)));
  }

  @Override
  protected int trials() {
    return 64; // four rounds, six generations, scores and 30 networks, and one proposal over
  }

  @Override
  protected String goldenDigest() {
    return "a33676794ccdc053628be95ed43d7e9d";
  }

  private static Search run(Map<String, Object> settings, int trials, World world, long seed) {
    OneShot kind = OneShot.read(trials, new FixedSettings(settings));
    return SharedSearches.run(kind, new StrategyContext(SPACE, trials, seed), world, 2);
  }

  /** One of 15,625; random networks have 1.2 of 6 edges right on average. */
  @Test
  void evolutionFindsTheBestPathWhereRandomSearchDoesNot() {
    int found = 0;
    int drawn = 0;
    for (long seed = 0; seed < 8; seed++) {
      List<Integer> best = SPACE.path(SPACE.sample(SplitMix64.of(seed, 99)));
      World world = World.of(SPACE, path -> likeness(path, best));
      found += finds(run(Map.of(), 40, world, seed), best) ? 1 : 0;
      drawn += finds(run(Map.of("search", "random"), 40, world, seed), best) ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(6);
    assertThat(drawn).isLessThanOrEqualTo(1);
  }

  private static boolean finds(Search search, List<Integer> best) {
    return SPACE.path(search.strategy().finalists().orElseThrow().get(0)).equals(best);
  }

  private static double likeness(List<Integer> path, List<Integer> best) {
    return IntStream.range(0, best.size()).filter(i -> path.get(i).equals(best.get(i))).count()
        / (double) best.size();
  }

  @Test
  void tellsHowWellSharedWeightsRank() {
    assertThat(tau(World.of(SPACE, OneShotTest::number))).isEqualTo(1);
    World against =
        new World(OneShotTest::number, alone -> -number(alone.values()), proposal -> false);
    assertThat(tau(against)).isEqualTo(-1);
    World unrelated =
        new World(
            OneShotTest::number,
            alone -> SplitMix64.of(alone.hashCode()).nextDouble(),
            proposal -> false);
    assertThat(tau(unrelated)).isCloseTo(0, within(3 * 0.13));
  }

  /** Different for every path. */
  private static double number(List<Integer> path) {
    double number = 0;
    for (int option : path) {
      number = 5 * number + option;
    }
    return number / 15_625;
  }

  private double tau(World world) {
    Search search = SharedSearches.run(kind(), context(), world, 2);
    Correlation found = ((PathRanker) search.strategy()).correlation().orElseThrow();
    assertThat(found.networks()).isEqualTo(30);
    assertThat(search.strategy().remarks())
        .anyMatch(remark -> remark.contains("Kendall's tau-b") && remark.contains("30 random"));
    return found.tau();
  }

  @Test
  void networksThatFailAreNotCorrelated() {
    World world = World.of(SPACE, OneShotTest::number).failing(proposal -> proposal >= 60);
    Search search = SharedSearches.run(kind(), context(), world, 2);
    assertThat(((PathRanker) search.strategy()).correlation())
        .hasValueSatisfying(found -> assertThat(found.networks()).isEqualTo(26));
  }

  @Test
  void theBudgetIsDividedFromItsEnd() {
    Search search = SharedSearches.run(kind(), context(), World.of(SPACE, OneShotTest::number), 2);
    List<Architecture> alone =
        search.asked().stream()
            .filter(Ask.Propose.class::isInstance)
            .map(SharedSearches::shown)
            .toList();
    assertThat(alone).hasSize(30).doesNotHaveDuplicates();
    assertThat(((OneShot) kind()).rounds()).isEqualTo(4);
    assertThat(OneShot.read(20, Settings.none()).rounds()).isEqualTo(10);
  }

  @Test
  void refusesABudgetWithoutRoomForTraining() {
    FixedSettings many = new FixedSettings(Map.of("parts", 2, "generations", 6, "correlate", 40));
    assertThat(OneShot.read(55, many).obstacle(SPACE))
        .contains(
            "budget.trials must be at least 56: a round of training and 6 generations, in 2 parts each, and 40 networks with their scores; got 55");
    assertThat(OneShot.read(56, many).obstacle(SPACE)).isEmpty();
    FixedSettings few = new FixedSettings(Map.of("correlate", 12));
    assertThat(OneShot.read(55, few).obstacle(SPACE))
        .contains("strategy.correlate must be 0 or at least 30");
  }
}
