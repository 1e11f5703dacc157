package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.journal.JournalBytes;
import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.controller.schedule.Schedulers;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.view.StateHash;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A thousand kills at random moments, over every strategy that trains networks alone, with every
 * scheduler, on the evaluator that looks results up: whoever goes on ends in the same state.
 */
class KilledOnTheTableTest {
  private static final int KILLS = 1_000;

  private static List<Arguments> combinations() {
    return Strategies.kindsForTables().stream()
        .flatMap(strategy -> Schedulers.kinds().stream().map(kind -> Arguments.of(strategy, kind)))
        .toList();
  }

  private static String spec(String strategy, String schedule) {
    String rungs = schedule.equals("none") ? "" : ", rungs: [12, 200]";
    return """
        space: {kind: nasbench201}
        strategy: {kind: %s, window: 4}
        schedule: {kind: %s%s}
        evaluation: {table: /made-up.csv}
        baseline: random
        budget: {trials: 24}
        retrain: {top: 2}
        seed: 11
        """
        .formatted(strategy, schedule, rungs);
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void endsInTheSameStateWheneverItIsKilled(String strategy, String schedule) {
    Simulation whole = Simulation.start(spec(strategy, schedule), 1).run(1);
    assertThat(whole.search().status())
        .as(whole.search().reason())
        .isEqualTo(SearchStatus.COMPLETED);
    String state = StateHash.of(whole.search());
    List<String> trials = trials(whole.search());

    SplitMix64 chance = SplitMix64.of(7, strategy.hashCode(), schedule.hashCode());
    TreeSet<Integer> kills = new TreeSet<>();
    int wanted = Math.min(whole.facts().size() / 2, KILLS / combinations().size() + 1);
    while (kills.size() < wanted) {
      kills.add(1 + chance.nextInt(whole.facts().size() - 1));
    }
    SearchFold fold = new SearchFold(new RecordedSpecs());
    Optional<Search> replayed = Optional.empty();
    for (int kill = 1; kill <= kills.last(); kill++) {
      replayed = Optional.of(fold.apply(replayed, JournalBytes.copy(whole.facts().get(kill - 1))));
      if (kills.contains(kill)) {
        Search found = JournalBytes.copy(replayed.get());
        Search end = Simulation.resume(found, kill).run(1 + kill % 5).search();
        assertThat(trials(end)).as("killed after fact %d", kill).isEqualTo(trials);
        assertThat(StateHash.of(end)).as("killed after fact %d", kill).isEqualTo(state);
      }
    }
  }

  @Test
  void killsAThousandTimes() {
    int perCombination = KILLS / combinations().size() + 1;
    assertThat(perCombination * combinations().size()).isGreaterThanOrEqualTo(KILLS);
    assertThat(combinations().stream().map(each -> (String) each.get()[0]).distinct())
        .containsExactlyElementsOf(Strategies.kindsForTables());
  }

  @Test
  void aScheduleTrainsFewOfTheManyItStarts() {
    Search search = Simulation.start(spec("random", "successive-halving"), 1).run(3).search();
    List<Trial> main = search.trials(Arm.MAIN, Stage.SEARCH).toList();
    assertThat(main.stream().filter(trial -> trial.lineage().rung() == 0)).hasSize(24);
    List<Trial> promoted = main.stream().filter(trial -> trial.lineage().rung() == 1).toList();
    assertThat(promoted).hasSize(8);
    assertThat(promoted)
        .allSatisfy(
            trial -> {
              Trial parent = search.trial(trial.lineage().parent().orElseThrow());
              assertThat(parent.architecture()).isEqualTo(trial.architecture());
              assertThat(parent.ordinal()).isEqualTo(trial.ordinal());
            });
  }

  @Test
  void theRandomBaselineGetsTheSameTime() {
    for (String schedule : Schedulers.kinds()) {
      Search search = Simulation.start(spec("reinforce", schedule), 1).run(3).search();
      double main = Spending.seconds(search, Arm.MAIN);
      double baseline = Spending.seconds(search, Arm.BASELINE);
      assertThat(baseline / main).as(schedule).isBetween(0.9, 1.35);
    }
  }

  private static List<String> trials(Search search) {
    List<String> trials = new ArrayList<>();
    for (Trial trial : search.trials()) {
      trials.add(
          "%d %s %s %s %s %s"
              .formatted(
                  trial.number(),
                  trial.arm(),
                  trial.stage(),
                  trial.architecture().values(),
                  trial.lineage(),
                  trial.state()));
    }
    return trials;
  }
}
