package dev.archipelago.controller.strategy.enas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.SharedSearches;
import dev.archipelago.controller.strategy.SharedSearches.Search;
import dev.archipelago.controller.strategy.SharedSearches.World;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.protocol.random.SplitMix64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A hidden path among 15,625; a path's accuracy grows with the decisions that it shares with it,
 * and with the steps that the weights were trained for, as it does in earnest. A random path shares
 * 1.2 of 6.
 */
class EnasLearnsTest {
  private static final EdgeSpace SPACE = new EdgeSpace();
  private static final int TRIALS = 41; // ten rounds of training alone, fifteen turns
  private static final int SEEDS = 4;

  @Test
  void policyFindsTheOptionsThatScore() {
    List<PathLearner> learners = search(Map.of("steps", 10));
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Integer> best = best(seed);
      PathLearner learner = learners.get(seed);
      List<Integer> found = SPACE.path(learner.finalists().orElseThrow().get(0));
      assertThat(likeness(found, best)).isGreaterThanOrEqualTo(5 / 6.0);
      Evidence.Comparison comparison = learner.evidence().comparison();
      assertThat(comparison.policy() - comparison.uniform())
          .isGreaterThan(4 * comparison.standardError());
      assertThat(learner.remarks()).hasSize(3).noneMatch(remark -> remark.contains("no learning"));
    }
  }

  @Test
  void aPolicyThatStandsStillIsSaidToHaveLearnedNothing() {
    for (PathLearner learner :
        search(Map.of("steps", 10, "learning-rate", 1e-9, "hidden", 4, "warm-up", 0))) {
      Evidence.Comparison comparison = learner.evidence().comparison();
      assertThat(Math.abs(comparison.policy() - comparison.uniform()))
          .isLessThan(3 * comparison.standardError());
      assertThat(learner.evidence().last()).isGreaterThan(2 * learner.evidence().first());
    }
  }

  private static List<PathLearner> search(Map<String, Object> settings) {
    Enas kind = Enas.read(TRIALS, new FixedSettings(settings));
    return LongStream.range(0, SEEDS)
        .parallel()
        .mapToObj(
            seed -> {
              List<Integer> best = best(seed);
              World world = World.of(SPACE, path -> 0.2 + 0.7 * likeness(path, best));
              StrategyContext context = new StrategyContext(SPACE, TRIALS, seed);
              Search search = SharedSearches.run(kind, context, world, 1);
              return (PathLearner) search.strategy();
            })
        .toList();
  }

  private static List<Integer> best(long seed) {
    return SPACE.path(SPACE.sample(SplitMix64.of(seed, 99)));
  }

  private static double likeness(List<Integer> path, List<Integer> best) {
    return IntStream.range(0, best.size()).filter(i -> path.get(i).equals(best.get(i))).count()
        / (double) best.size();
  }
}
