package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.archipelago.controller.journal.JournalBytes;
import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.controller.space.Supernets;
import dev.archipelago.controller.view.SearchDocuments;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.trial.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches whose trials are rounds on shared weights, through planner, journal and documents. */
class RoundsTest {
  private static final String DARTS = "kind: darts, variant: gdas, seeds: 2, steps: 10";
  private static final String MERGED = "kind: darts, merge: true, parts: 3, steps: 10";
  private static final String ONE_SHOT =
      "kind: one-shot, parts: 2, steps: 10, generations: 2, population: 8";
  private static final WorkerId WORKER = new WorkerId("w", "1");
  private static final Set<Capability> ALL = Set.of(Capability.values());
  private static final int FAILED = 5;

  /** One round fails, and one lease is lost. */
  private static Simulation search(String strategy) {
    Simulation simulation =
        Simulation.start(Specs.rounds(strategy), 1).withRounds(ordinal -> ordinal == FAILED, 1);
    simulation.runUntil(2, search -> rounds(search).count() == 3);
    Trial latest =
        rounds(simulation.search()).filter(trial -> trial.ordinal() == 2).findFirst().orElseThrow();
    assertThat(latest.state()).isEqualTo(TrialState.RUNNING);
    Rulings.lost(simulation.search(), latest.number(), 1, Fact.LossCause.EXPIRED)
        .forEach(simulation::add);
    return simulation.run(2);
  }

  private static Stream<Trial> rounds(Search search) {
    return search.trials(Arm.MAIN, Stage.SEARCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {DARTS, ONE_SHOT})
  void aSearchEndsInSpiteOfALossAndAFailure(String strategy) {
    Search search = search(strategy).search();
    assertThat(search.status()).isEqualTo(SearchStatus.COMPLETED);
    assertThat(rounds(search)).allMatch(trial -> trial.round().isPresent());
    assertThat(rounds(search).filter(trial -> trial.state() == TrialState.FAILED))
        .singleElement()
        .matches(trial -> trial.ordinal() == FAILED);
    assertThat(rounds(search).filter(trial -> trial.attempt() == 2))
        .singleElement()
        .matches(trial -> trial.state() == TrialState.COMPLETED);
    assertThat(rounds(search)).allMatch(trial -> trial.reward().isEmpty());
    assertThat(search.trials(Arm.MAIN, Stage.RETRAIN).map(Trial::architecture).toList())
        .isNotEmpty()
        .isEqualTo(Ranking.finalists(search, Arm.MAIN));
    assertThat(search.comparison()).isPresent();
  }

  /** One round after the other, and a worker more: it trains for the baseline meanwhile. */
  @Test
  void theBaselineDoesNotRunAheadWhileNobodyKnowsWhatItsTrialsTake() {
    String strategy = "kind: one-shot, parts: 1, steps: 10, generations: 2, population: 8";
    Search search =
        Simulation.start(Specs.rounds(strategy), 1)
            .withRounds(ordinal -> false, 1)
            .runUntil(2, state -> rounds(state).count() == 2)
            .search();
    assertThat(search.trials(Arm.BASELINE, Stage.SEARCH)).hasSizeBetween(1, 3);
  }

  /** It takes one worker, and the rounds go on with the other. */
  @ParameterizedTest
  @ValueSource(strings = {DARTS, ONE_SHOT})
  void noRoundWaitsForANetworkOfTheBaseline(String strategy) {
    Search search =
        Simulation.start(Specs.rounds(strategy), 1)
            .withEndless(trial -> trial.arm() == Arm.BASELINE && trial.ordinal() == 0)
            .runUntil(
                2, state -> rounds(state).filter(trial -> trial.state().isOver()).count() == 12)
            .search();
    assertThat(search.trials(Arm.BASELINE, Stage.SEARCH).findFirst().orElseThrow().state())
        .isEqualTo(TrialState.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {DARTS, ONE_SHOT})
  void factsAndSnapshotsGoOnAsTheSearchDid(String strategy) {
    Simulation live = search(strategy);
    SearchFold fold = new SearchFold(new RecordedSpecs());
    Optional<Search> replayed = Optional.empty();
    Optional<Search> snapshotted = Optional.empty();
    int leased = 0;
    for (Fact fact : live.facts()) {
      Fact read = JournalBytes.copy(fact);
      assertThat(read).isEqualTo(fact);
      replayed = Optional.of(fold.apply(replayed, fact));
      Search before = fold.apply(snapshotted, read);
      Search after = JournalBytes.copy(before);
      snapshotted = Optional.of(after);
      assertThat(JournalBytes.of(after)).isEqualTo(JournalBytes.of(replayed.get()));
      Planner.Work next = Planner.work(replayed.get(), WORKER, ALL, Duration.ZERO);
      assertThat(Planner.work(after, WORKER, ALL, Duration.ZERO)).isEqualTo(next);
      assertThat(Ranking.finalists(after, Arm.MAIN))
          .isEqualTo(Ranking.finalists(replayed.get(), Arm.MAIN));
      if (next instanceof Planner.Work.Lease lease) {
        leased++;
        assertThat(assignment(fold, after, lease))
            .isEqualTo(assignment(fold, replayed.get(), lease));
      }
    }
    assertThat(leased).isGreaterThan(20);
    assertThat(JournalBytes.of(replayed.orElseThrow())).isEqualTo(JournalBytes.of(live.search()));
  }

  private static Assignment assignment(SearchFold fold, Search search, Planner.Work.Lease lease) {
    Search next = fold.apply(Optional.of(search), lease.fact());
    return Assignments.of(next, next.trial(lease.number()));
  }

  @ParameterizedTest
  @ValueSource(strings = {DARTS, ONE_SHOT})
  void aWorkerIsGivenTheSupernetAndItsRows(String strategy) {
    Search search = search(strategy).search();
    rounds(search)
        .forEach(
            trial -> {
              Round round = trial.round().orElseThrow();
              Supernet supernet = Supernets.of(search.spec().space(), round.net(), Simulation.TASK);
              Assignment assignment = Assignments.of(search, trial);
              assertThat(assignment.evaluation())
                  .isEqualTo(new Evaluation.Share(supernet.rows(), round));
              assertThat(assignment.plan()).isEqualTo(supernet.plan());
            });
    Trial retrained = search.trials(Arm.MAIN, Stage.RETRAIN).findFirst().orElseThrow();
    assertThat(Assignments.of(search, retrained).plan()).isEqualTo(search.plan(retrained));
  }

  /**
   * Whoever trains a part, and whatever becomes of the others: one architecture for all workers.
   */
  @Test
  void allPartsOfAMergedRoundBeginWithTheSameAlphasAndWeights() {
    Search search = search(MERGED).search();
    Map<Integer, List<List<Object>>> begun = new TreeMap<>();
    rounds(search)
        .map(trial -> ((Evaluation.Share) Assignments.of(search, trial).evaluation()).round())
        .forEach(
            round -> {
              if (round.work() instanceof Round.Work.Bilevel work) {
                begun
                    .computeIfAbsent(work.descent().from(), first -> new ArrayList<>())
                    .add(List.of(work.alphas(), round.weights(), work.relaxation(), work.rule()));
              }
            });
    assertThat(begun.keySet()).containsExactly(0, 10, 20);
    assertThat(begun.values()).allMatch(parts -> parts.size() == 3);
    assertThat(begun.values()).allMatch(parts -> Set.copyOf(parts).size() == 1);
    assertThat(begun.values().stream().map(parts -> parts.get(0).get(0))).doesNotHaveDuplicates();
    assertThat(rounds(search).map(trial -> Assignments.of(search, trial).seed()))
        .doesNotHaveDuplicates();
  }

  /** What a round sees does not depend on how often the baseline's trials come between. */
  @ParameterizedTest
  @ValueSource(strings = {DARTS, ONE_SHOT})
  void seedsOfRoundsAreThoseOfTheirPlaceInTheirArm(String strategy) {
    Set<List<Arm>> orders = new HashSet<>();
    Set<List<Long>> seeds = new HashSet<>();
    for (double seconds : new double[] {0.25, 1, 4}) {
      Search search =
          Simulation.start(Specs.rounds(strategy), 1)
              .withRounds(ordinal -> false, seconds)
              .run(2)
              .search();
      orders.add(
          search.trials().stream()
              .filter(trial -> trial.stage() == Stage.SEARCH)
              .map(Trial::arm)
              .toList());
      seeds.add(rounds(search).map(trial -> Assignments.of(search, trial).seed()).toList());
    }
    assertThat(orders).hasSize(3);
    assertThat(seeds).hasSize(1);
    assertThat(seeds.iterator().next()).hasSize(12).doesNotHaveDuplicates();
  }

  /** Whatever the temperature of the round: 10 in the first of GDAS. */
  @Test
  void documentsShowTheProbabilitiesThatACellIsDerivedFrom() {
    Search search = search(DARTS).search();
    Trial first = rounds(search).findFirst().orElseThrow();
    JsonNode round = trials(search).get(first.number()).path("round");
    assertThat(round.path("work").asText()).isEqualTo("bilevel");
    assertThat(round.path("size").asInt()).isEqualTo(10);
    assertThat(round.path("temperature").asDouble()).isEqualTo(10);
    Ragged alphas =
        first.measurement().orElseThrow().round().orElseThrow().alphas().orElseThrow().values();
    Supernet supernet =
        Supernets.of(search.spec().space(), first.round().orElseThrow().net(), Simulation.TASK);
    assertThat(round.path("probabilities")).hasSize(supernet.rows().size());
    for (int i = 0; i < supernet.rows().size(); i++) {
      Row row = supernet.rows().get(i);
      double sum = alphas.row(i).stream().mapToDouble(Math::exp).sum();
      for (int option = 0; option < row.options().size(); option++) {
        assertThat(
                round
                    .path("probabilities")
                    .path(row.name())
                    .path(row.options().get(option))
                    .asDouble())
            .isCloseTo(Math.exp(alphas.get(i, option)) / sum, within(1e-9));
      }
    }
  }

  @Test
  void documentsShowTheScoresOfPaths() {
    Search search = search(ONE_SHOT).search();
    Trial last = rounds(search).reduce((one, other) -> other).orElseThrow();
    JsonNode round = trials(search).get(last.number()).path("round");
    assertThat(round.path("work").asText()).isEqualTo("score-paths");
    assertThat(round.path("size").asInt()).isEqualTo(4);
    assertThat(round.path("bestAccuracy").asDouble())
        .isGreaterThan(round.path("meanAccuracy").asDouble());
  }

  private static JsonNode trials(Search search) {
    Question page = new Question.Trials("", "", "", 0, 1_000);
    String text = new SearchDocuments().answer(page, search, "").json();
    try {
      return JsonMapper.builder().build().readTree(text).path("trials");
    } catch (JacksonException e) {
      throw new AssertionError(text, e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DARTS, ONE_SHOT})
  void saysWhereEveryNetworkThatTheStrategyNamedBreaksALimit(String strategy) {
    String spec =
        Specs.rounds(strategy)
            .replace("baseline: {kind: random, match: device-seconds}", "baseline: none")
            .replace("budget:", "constraints: {params: <= 100}\nbudget:");
    Search search = Simulation.start(spec, 1).run(2).search();
    assertThat(search.status()).isEqualTo(SearchStatus.FAILED);
    assertThat(search.reason())
        .startsWith("every network that the strategy named breaks a limit: ")
        .endsWith(" parameters, the limit is 100");
  }

  /** No proposal comes after it, with which its results would be told. */
  @Test
  void theScoresOfAnOnlyGenerationCount() {
    String spec =
        Specs.rounds(ONE_SHOT.replace("generations: 2", "generations: 1"))
            .replace("baseline: {kind: random, match: device-seconds}", "baseline: none");
    Search search = Simulation.start(spec, 1).run(2).search();
    assertThat(search.reason()).doesNotContain("no trial completed");
    assertThat(search.status()).isEqualTo(SearchStatus.COMPLETED);
  }

  @Test
  void saysWhereNoRoundCameThrough() {
    String spec =
        Specs.rounds(ONE_SHOT)
            .replace("baseline: {kind: random, match: device-seconds}", "baseline: none");
    Search search = Simulation.start(spec, 1).withRounds(ordinal -> true, 1).run(2).search();
    assertThat(search.reason()).startsWith("no trial completed, and all rounds of training failed");
    assertThat(rounds(search)).hasSize(4); // two rounds in two parts
  }
}
