package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.journal.JournalBytes;
import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Start;
import dev.archipelago.protocol.trial.TrialState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trials that begin with the weights of others, from the spec to what a worker is told. */
class HeritageTest {
  private static final String GROWING =
      """
      name: growing
      dataset: fashion-mnist-mini
      space: {kind: chain, layers: 3, filters: [8, 16, 32], kernels: [1, 3], skips: false}
      strategy: {kind: eas, children: 4, window: 4}
      evaluation: {epochs: 2}
      baseline: {kind: random, match: trials}
      budget: {trials: 17}
      retrain: {top: 2, epochs: 2, final-epochs: 2}
      seed: 9
      """;
  private static final String INHERITING =
      """
      name: inheriting
      dataset: fashion-mnist-mini
      space: {kind: chain, layers: 3, filters: [8, 16, 32], kernels: [3, 5], skips: true}
      strategy: {kind: evolution, population: 4, tournament: 2, window: 2}
      evaluation: {epochs: 7, inherit: parent}
      baseline: {kind: random, match: trials}
      budget: {trials: 40}
      retrain: {top: 2, epochs: 2, final-epochs: 2}
      seed: 9
      """;

  private static Stream<Trial> trained(Search search) {
    return search
        .trials(Arm.MAIN, Stage.SEARCH)
        .filter(trial -> trial.state() == TrialState.COMPLETED);
  }

  private static Evaluation.Train train(Search search, Trial trial) {
    return (Evaluation.Train) Assignments.of(search, trial).evaluation();
  }

  @Test
  void everyGenerationGrowsOutOfTheBestOfTheLastWithAsManyEpochsBehindIt() {
    Search search = Simulation.start(GROWING, 1).run(2).search();
    assertThat(search.status()).isEqualTo(SearchStatus.COMPLETED);
    List<Trial> trials = search.trials(Arm.MAIN, Stage.SEARCH).toList();
    assertThat(trials).hasSize(17);
    assertThat(trials.get(0).lineage().donor()).isEmpty();
    for (int first = 1; first < 17; first += 4) {
      List<Trial> generation = trials.subList(first, first + 4);
      Trial donor = search.trial(generation.get(0).lineage().donor().orElseThrow());
      int earlier = Math.max(0, first - 4);
      assertThat(best(trials.subList(earlier, first))).isEqualTo(donor);
      assertThat(generation.get(0).architecture()).isEqualTo(donor.architecture());
      assertThat(generation)
          .allSatisfy(
              trial -> {
                assertThat(trial.lineage().donor()).hasValue(donor.number());
                assertThat(trial.lineage().lender()).isEmpty();
                assertThat(Heritage.cumulativeEpochs(search, trial))
                    .isEqualTo(Heritage.cumulativeEpochs(search, donor) + 2);
                Evaluation.Train train = train(search, trial);
                assertThat(train.until()).isEqualTo(2);
                assertThat(train.heirs()).hasValue(2);
                assertThat(train.start())
                    .isEqualTo(
                        new Start.Growth(
                            donor.measurement().orElseThrow().checkpoint().orElseThrow(),
                            search.plan(donor),
                            0.05));
              });
    }
    assertThat(search.trials(Arm.BASELINE, Stage.SEARCH))
        .allSatisfy(trial -> assertThat(train(search, trial)).isEqualTo(new Evaluation.Train(2)));
    assertThat(search.trials(Arm.MAIN, Stage.RETRAIN))
        .hasSize(2)
        .allSatisfy(trial -> assertThat(train(search, trial)).isEqualTo(new Evaluation.Train(2)));
    assertThat(best(trials.subList(13, 17)).architecture())
        .isEqualTo(Ranking.finalists(search, Arm.MAIN).get(0));
    assertThat(Ranking.ranked(search, Arm.MAIN, Stage.SEARCH).findFirst())
        .as("of those with the most epochs behind them")
        .contains(best(trials.subList(13, 17)));
  }

  private static Trial best(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.reward().isPresent())
        .reduce(
            (one, other) -> other.reward().orElseThrow() > one.reward().orElseThrow() ? other : one)
        .orElseThrow();
  }

  @Test
  void heirsOfASpecAllEndAtEqualCumulativeEpochs() {
    Search search = Simulation.start(INHERITING, 1).run(2).search();
    int[] generations = new int[3];
    trained(search)
        .forEach(
            trial -> {
              Evaluation.Train train = train(search, trial);
              assertThat(train.until()).isEqualTo(7);
              assertThat(Heritage.cumulativeEpochs(search, trial)).isEqualTo(7);
              int generation = generation(search, trial);
              generations[generation]++;
              assertThat(train.heirs())
                  .isEqualTo(
                      generation == 2 ? OptionalInt.empty() : OptionalInt.of(3 * generation + 3));
              if (generation == 0) {
                assertThat(train.start()).isEqualTo(new Start.Fresh());
              } else {
                Trial donor = search.trial(trial.lineage().donor().orElseThrow());
                String checkpoint = donor.measurement().orElseThrow().checkpoint().orElseThrow();
                assertThat(train.start())
                    .isEqualTo(new Start.Inheritance(checkpoint, 3 * generation));
              }
            });
    assertThat(generations[0]).isGreaterThan(4);
    assertThat(generations[1]).isPositive();
    assertThat(generations[2]).isPositive();
    assertThat(search.trials(Arm.BASELINE, Stage.SEARCH))
        .allMatch(trial -> trial.lineage().donor().isEmpty());
  }

  private static int generation(Search search, Trial trial) {
    OptionalInt donor = trial.lineage().donor();
    return donor.isEmpty() ? 0 : 1 + generation(search, search.trial(donor.getAsInt()));
  }

  @Test
  void withoutTheKeyNobodyInherits() {
    String spec = INHERITING.replace(", inherit: parent", "");
    Search search = Simulation.start(spec, 1).run(2).search();
    assertThat(trained(search))
        .allSatisfy(
            trial -> {
              assertThat(trial.lineage().donor()).isEmpty();
              assertThat(trial.measurement().orElseThrow().checkpoint()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {GROWING, INHERITING})
  void factsAndSnapshotsGoOnAsTheSearchDid(String spec) {
    Simulation live = Simulation.start(spec, 1).run(2);
    SearchFold fold = new SearchFold(new RecordedSpecs());
    Optional<Search> snapshotted = Optional.empty();
    for (Fact fact : live.facts()) {
      Fact read = JournalBytes.copy(fact);
      assertThat(read).isEqualTo(fact);
      snapshotted = Optional.of(JournalBytes.copy(fold.apply(snapshotted, read)));
    }
    Search end = snapshotted.orElseThrow();
    assertThat(JournalBytes.of(end)).isEqualTo(JournalBytes.of(live.search()));
    for (Trial trial : live.search().trials()) {
      if (trial.state() == TrialState.COMPLETED) {
        Assignment assignment = Assignments.of(live.search(), trial);
        assertThat(Assignments.of(end, end.trial(trial.number()))).isEqualTo(assignment);
      }
    }
  }
}
