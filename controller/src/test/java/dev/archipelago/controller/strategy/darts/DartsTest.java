package dev.archipelago.controller.strategy.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.SharedSearches;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Round.Weights;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.trial.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DartsTest {
  private static final EdgeSpace SPACE = new EdgeSpace();
  private static final int NONE = 0;
  private static final int SKIP = 1;
  private static final int CONV = 3;
  private static final Settings DEFAULTS = Settings.none();

  /** What a round gives for the alphas that it began with. */
  private interface Answer {
    Ragged alphas(int round, Ragged before);
  }

  /** A search that is over, with the rounds that were asked. */
  private record Run(Strategy strategy, List<Round> rounds) {
    List<Architecture> finalists() {
      return strategy.finalists().orElseThrow();
    }

    Alphas begun(int round) {
      return ((Work.Bilevel) rounds.get(round).work()).alphas();
    }

    double rate(int round) {
      return ((Work.Bilevel) rounds.get(round).work()).rule().learningRate();
    }
  }

  private static Run run(int trials, Map<String, Object> settings, Answer answer) {
    return run(trials, settings, answer, n -> 0.5);
  }

  /**
   * @param accuracy of the mixture after a round
   */
  private static Run run(
      int trials, Map<String, Object> settings, Answer answer, IntToDoubleFunction accuracy) {
    Darts kind = Darts.read(trials, new FixedSettings(settings));
    Strategy strategy = kind.start(new StrategyContext(SPACE, trials, 1));
    List<Round> rounds = new ArrayList<>();
    for (int n = 0; n < trials; n++) {
      if (!(SharedSearches.ask(strategy, n, 1) instanceof Ask.Share share)) {
        break;
      }
      rounds.add(share.round());
      strategy = strategy.proposed(n, share.shown()).tell(told(n, share, answer, accuracy));
    }
    return new Run(strategy, rounds);
  }

  private static Told told(
      int proposal, Ask.Share share, Answer answer, IntToDoubleFunction accuracy) {
    Optional<Alphas> alphas = Optional.empty();
    List<Score> scores = List.of(new Score(0.5, 1, 100));
    Optional<Score> validation = Optional.empty();
    if (share.round().work() instanceof Work.Bilevel work) {
      Ragged after = answer.alphas(proposal, work.alphas().values());
      alphas = Optional.of(new Alphas(after, after, after, proposal + 1));
      scores = List.of();
      validation = Optional.of(new Score(accuracy.applyAsDouble(proposal), 1, 100));
    }
    RoundReport report = new RoundReport(alphas, scores, 1, 1, 1);
    return new Told(
        proposal,
        share.shown(),
        OptionalDouble.empty(),
        Optional.of(new Told.RoundResult(report, "blob-" + proposal, validation)));
  }

  /** Every edge's alphas 0 but for one option's. */
  private static Ragged leaning(int option, double by) {
    return new Ragged(
        SPACE.rows().stream()
            .map(row -> IntStream.range(0, 5).mapToObj(i -> i == option ? by : 0.0).toList())
            .toList());
  }

  private static boolean hasConvolution(Architecture cell) {
    return cell.values().stream().anyMatch(option -> option == 2 || option == CONV);
  }

  @Test
  void theBudgetIsDividedIntoRoundsAndOneScoreAChain() {
    assertThat(Course.of(20, 2, 1, 0)).isEqualTo(new Course(2, 1, 9, 0));
    assertThat(Course.of(21, 2, 1, 0)).isEqualTo(new Course(2, 1, 9, 0));
    assertThat(Course.of(13, 1, 4, 0)).isEqualTo(new Course(1, 4, 3, 0));
    assertThat(Course.of(51, 1, 1, 0.3)).isEqualTo(new Course(1, 1, 50, 15));
  }

  @Test
  void refusesABudgetWithoutRoomForOneRound() {
    assertThat(Darts.read(1, DEFAULTS).obstacle(SPACE))
        .contains(
            "budget.trials must be at least 2, a round of training and one that scores what was"
                + " derived; got 1");
    FixedSettings merged = new FixedSettings(Map.of("merge", true, "parts", 4));
    assertThat(Darts.read(4, merged).obstacle(SPACE)).isPresent();
    assertThat(Darts.read(5, merged).obstacle(SPACE)).isEmpty();
  }

  @Test
  void refusesSpacesThatItCannotRelax() {
    ChainSpace chain = new ChainSpace(2, List.of(3), List.of(1), List.of(8), true);
    assertThat(Darts.read(20, DEFAULTS).obstacle(chain)).isPresent();
    FixedSettings thirds = new FixedSettings(Map.of("variant", "pc", "channel-share", 3));
    assertThat(Darts.read(20, thirds).obstacle(SPACE)).contains("8 channels are not divided by 3");
  }

  /** The paper's 50 epochs of 390 steps give the paper's rate, shorter searches the same path. */
  @Test
  void theAlphasCanGoAsFarAsInThePaper() {
    assertThat(AlphaDescent.rate(19_500)).isEqualTo(3e-4);
    assertThat(AlphaDescent.rate(1_000_000)).isEqualTo(3e-4);
    assertThat(AlphaDescent.rate(1_000)).isEqualTo(0.0058); // rounded down by a hair
    assertThat(AlphaDescent.rate(10)).isEqualTo(0.1);
  }

  @Test
  void theFirstAlphasAreSmallAndNormal() {
    List<Double> drawn = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      Chains.firstAlphas(SPACE.rows(), new SplitMix64(seed)).values().rows().forEach(drawn::addAll);
    }
    double mean = drawn.stream().mapToDouble(x -> x).average().orElseThrow();
    double square = drawn.stream().mapToDouble(x -> x * x).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(5e-5));
    assertThat(Math.sqrt(square)).isCloseTo(1e-3, within(5e-5));
  }

  @Test
  void mergingAveragesAlphasAndBothMoments() {
    Map<String, Object> settings = Map.of("merge", true, "parts", 3);
    Run run = run(7, settings, (n, before) -> leaning(CONV, n == 0 ? 1 : n == 1 ? 2 : 6));
    Alphas second = run.begun(3);
    assertThat(second.values()).isEqualTo(leaning(CONV, 3));
    assertThat(second.first()).isEqualTo(leaning(CONV, 3));
    assertThat(second.second()).isEqualTo(leaning(CONV, 3));
    assertThat(second.updates()).isEqualTo(3);
    assertThat(run.rounds().get(3).weights())
        .isEqualTo(new Weights.Stored(List.of("blob-0", "blob-1", "blob-2")));
    assertThat(run.begun(4)).isEqualTo(second);
  }

  @Test
  void theAlphasRestAtTheBeginning() {
    Map<String, Object> settings = Map.of("warm-up", 0.5, "seeds", 1);
    Run run = run(9, settings, (n, before) -> before);
    assertThat(IntStream.range(0, 8).filter(round -> run.rate(round) == 0).boxed())
        .containsExactly(0, 1, 2, 3);
  }

  /** However the sentinel acts, as long as it is on; and wherever the skips took over. */
  @Test
  void neverEndsWithACellInWhichNothingLearns() {
    for (String action : List.of("stop", "roll-back", "warn")) {
      for (int option : new int[] {NONE, SKIP, 4}) {
        for (int onset : new int[] {0, 1, 3, 7}) {
          Map<String, Object> settings =
              Map.of("seeds", 1, "sentinel", Map.of("action", action, "lag", 1));
          int taken = option;
          Run run = run(12, settings, (n, before) -> leaning(n < onset ? CONV : taken, 1));
          assertThat(run.finalists()).as("%s %d %d", action, option, onset).hasSize(1);
          assertThat(run.finalists()).allMatch(DartsTest::hasConvolution);
        }
      }
    }
  }

  @Test
  void withoutTheSentinelAnyCellIsTaken() {
    Map<String, Object> settings = Map.of("seeds", 1, "sentinel", Map.of("action", "off"));
    Run run = run(6, settings, (n, before) -> leaning(SKIP, 1));
    assertThat(run.finalists()).noneMatch(DartsTest::hasConvolution).hasSize(1);
    assertThat(run.strategy().remarks()).singleElement().asString().contains("any operation");
  }

  @Test
  void stopsWithWhatItHadBefore() {
    Map<String, Object> settings =
        Map.of("seeds", 1, "sentinel", Map.of("action", "stop", "lag", 2));
    Run run = run(12, settings, (n, before) -> leaning(n < 5 ? CONV : SKIP, 1 + n / 100.0));
    assertThat(run.rounds()).hasSize(7); // six of training, and the score
    assertThat(run.rounds().get(6).weights()).isEqualTo(new Weights.Stored(List.of("blob-3")));
    assertThat(run.rounds().get(6).released()).contains("blob-4", "blob-5");
    assertThat(run.strategy().remarks())
        .singleElement()
        .asString()
        .startsWith("chain 0, round 5: signs of a collapse, score 2.00 ")
        .endsWith("the chain ended with what it had after round 4");
  }

  @Test
  void rollsBackTwiceWithLessHasteThenStops() {
    Map<String, Object> settings =
        Map.of("seeds", 1, "alpha-rate", 0.1, "sentinel", Map.of("action", "roll-back", "lag", 2));
    Run run = run(20, settings, (n, before) -> leaning(n < 5 ? CONV : SKIP, 1 + n / 100.0));
    assertThat(run.begun(6).values()).isEqualTo(leaning(CONV, 1.03));
    assertThat(run.rounds().get(6).weights()).isEqualTo(new Weights.Stored(List.of("blob-3")));
    assertThat(IntStream.of(5, 6, 7).mapToObj(run::rate)).containsExactly(0.1, 0.05, 0.025);
    assertThat(run.rounds()).hasSize(9);
    assertThat(run.strategy().remarks()).hasSize(3);
    assertThat(run.finalists()).allMatch(DartsTest::hasConvolution);
  }

  @Test
  void warnsAndGoesOn() {
    Map<String, Object> settings = Map.of("seeds", 1, "sentinel", Map.of("action", "warn"));
    Run run = run(12, settings, (n, before) -> leaning(n < 9 ? CONV : SKIP, 1));
    assertThat(run.rounds()).hasSize(12);
    assertThat(run.strategy().remarks()).hasSize(3).anyMatch(r -> r.contains("earlier round"));
  }

  @Test
  void saysWhereTheAlphasHardlyMoved() {
    Run run = run(6, Map.of("seeds", 1), (n, before) -> leaning(CONV, 0.03));
    assertThat(run.strategy().remarks())
        .singleElement()
        .asString()
        .contains("hardly moved", "1.024 times", "alpha-rate above");
  }

  /** Not to the latest: the mixture of round 1, whose cell has other convolutions, was the best. */
  @Test
  void fallsBackToTheCellOfTheMostAccurateMixture() {
    Map<String, Object> settings = Map.of("seeds", 1, "sentinel", Map.of("action", "warn"));
    Answer answer = (n, before) -> leaning(n == 1 ? 2 : n < 5 ? CONV : SKIP, 1);
    Run run = run(8, settings, answer, n -> n == 1 ? 0.7 : n == 3 ? Double.NaN : 0.6);
    assertThat(run.strategy().remarks()).anyMatch(remark -> remark.contains("earlier round"));
    assertThat(run.finalists().get(0).values()).containsOnly(2);
  }

  @Test
  void alphasThatAreNoNumbersFailTheRound() {
    Run run = run(6, Map.of("seeds", 1), (n, before) -> leaning(CONV, n < 3 ? 1 : Double.NaN));
    assertThat(run.rounds()).hasSize(5);
    assertThat(run.rounds().get(4).released()).contains("blob-3");
    assertThat(run.rounds().get(4).weights()).isEqualTo(new Weights.Stored(List.of("blob-2")));
    assertThat(run.strategy().remarks()).containsExactly("chain 0 failed in round 3 and ended");
    assertThat(run.finalists()).hasSize(1);
  }
}
