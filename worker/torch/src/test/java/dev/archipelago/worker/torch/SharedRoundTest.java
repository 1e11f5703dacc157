package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.AlphaRule;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Round.Descent;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.protocol.trial.Round.Relaxation;
import dev.archipelago.protocol.trial.Round.Scoring;
import dev.archipelago.protocol.trial.Round.Weights.Fresh;
import dev.archipelago.protocol.trial.Round.Weights.Stored;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.evaluate.Evaluations;
import dev.archipelago.worker.evaluate.ProgressReports;
import dev.archipelago.worker.weights.WeightStore;
import dev.archipelago.worker.weights.WeightStores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds on shared weights from the assignment to the measurement, on real images. */
class SharedRoundTest {
  private static final Task FASHION = new Task(new Shape(1, 28, 28), 10);
  private static final NasBench201Space SPACE = new NasBench201Space(2, 1);
  private static final SearchId SEARCH = new SearchId("search-1");
  private static final Descent DESCENT = new Descent(0.05, 0.001, 0.9, 3e-4, 5, 0, 12);
  private static final Scoring ALL = new Scoring(0, 0, 2);
  private static final List<List<Integer>> PATHS =
      List.of(List.of(3, 1, 2, 4, 3, 1), List.of(1, 1, 1, 1, 1, 1), List.of(0, 2, 3, 1, 4, 2));

  @TempDir private Path directory;
  private WeightStores stores;
  private WeightStore store;
  private final Engine engine = TorchEngine.onCpu();

  @BeforeEach
  void open() {
    stores = new WeightStores.Directory(directory);
    store = stores.of(SEARCH, () -> false);
  }

  private Measurement run(Round round, long seed) {
    Supernet supernet =
        round.net() instanceof Round.Net.Relaxed
            ? SPACE.relaxed(FASHION, 1)
            : SPACE.supernet(FASHION);
    TrialId trial = new TrialId(SEARCH, 3);
    Assignment assignment =
        new Assignment(
            trial,
            1,
            Stage.SEARCH,
            supernet.plan(),
            new DatasetRef("fashion-mnist-mini", "", FASHION, 200),
            new Split(1, 0.2),
            new Evaluation.Share(supernet.rows(), round),
            new Training(1, 16, 0.01, 0, 0, 0, Training.Augmentation.NONE, 1),
            new Profiling(1, 0, 0),
            seed);
    return new Evaluations(new Datasets(Path.of("nowhere")), stores, System::nanoTime)
        .measure(
            assignment,
            engine,
            new ProgressReports(new Attempt(trial, 1), 1, progress -> {}, System::nanoTime),
            () -> false);
  }

  private static Round paths(Round.Weights weights, Work work, String... released) {
    return new Round(new Round.Net.Paths(), weights, work, List.of(released));
  }

  private String trained(Round.Weights weights, long seed, String... released) {
    return run(paths(weights, new Work.TrainPaths(PATHS, DESCENT), released), seed)
        .checkpoint()
        .orElseThrow();
  }

  private static Round descent(Relaxation relaxation, Order order, Alphas alphas) {
    Work work =
        new Work.Bilevel(
            alphas,
            3,
            DESCENT,
            new AlphaRule(0.1, 0.5, 0.999, 1e-3),
            relaxation,
            order,
            4,
            new Scoring(1, 0, 0));
    return new Round(new Round.Net.Relaxed(1), new Fresh(5), work, List.of());
  }

  private static Alphas start() {
    Ragged zeros = Ragged.filled(SPACE.relaxedRows(1), 0);
    return new Alphas(zeros, zeros, zeros, 0);
  }

  @Test
  void aRoundLeavesTheSameBlobWheneverItIsRepeated() {
    String once = trained(new Fresh(5), 7);

    assertThat(trained(new Fresh(5), 7)).isEqualTo(once);
    assertThat(trained(new Fresh(5), 8)).isNotEqualTo(once); // other examples
    assertThat(trained(new Fresh(6), 7)).isNotEqualTo(once); // other weights
    assertThat(trained(new Stored(List.of(once)), 7)).isNotEqualTo(once);
  }

  @Test
  void scoringLeavesTheWeightsAndGivesEveryPathItsScore() {
    String blob = trained(new Fresh(5), 7);

    Measurement found = run(paths(new Stored(List.of(blob)), new Work.ScorePaths(PATHS, ALL)), 9);

    RoundReport report = found.round().orElseThrow();
    assertThat(found.checkpoint()).contains(blob);
    assertThat(report.scores()).hasSize(PATHS.size());
    assertThat(report.scores()).extracting(Score::examples).containsOnly(40);
    assertThat(report.scores().stream().distinct().count()).isGreaterThan(1);
  }

  @Test
  void aPathsScoreDependsNeitherOnItsRoundNorOnThePathsBesideIt() {
    Stored weights = new Stored(List.of(trained(new Fresh(5), 7)));

    Score beside = report(run(paths(weights, new Work.ScorePaths(PATHS, ALL)), 9)).scores().get(2);
    Score alone =
        report(run(paths(weights, new Work.ScorePaths(PATHS.subList(2, 3), ALL)), 10))
            .scores()
            .get(0);

    assertThat(alone).isEqualTo(beside);
  }

  @Test
  void partsAreMerged() {
    String first = trained(new Fresh(5), 7);
    String second = trained(new Fresh(5), 8);

    String merged =
        run(
                paths(
                    new Stored(List.of(first, second)),
                    new Work.ScorePaths(PATHS, new Scoring(1, 0, 0))),
                9)
            .checkpoint()
            .orElseThrow();

    assertThat(merged).isNotIn(first, second);
    assertThat(store.get(merged)).isPresent();
  }

  @Test
  void releasedBlobsGoWhenTheRoundIsOver() {
    String first = trained(new Fresh(5), 7);
    String second = trained(new Stored(List.of(first)), 8);

    trained(new Stored(List.of(second)), 9, first);

    assertThat(store.get(first)).isEmpty();
    assertThat(store.get(second)).isPresent();
  }

  @Test
  void withoutItsWeightsARoundFailsAndKeepsWhatItWouldRelease() {
    String kept = trained(new Fresh(5), 7);
    Stored missing = new Stored(List.of("0".repeat(64)));

    assertThatThrownBy(() -> trained(missing, 8, kept))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.failure().category()).isEqualTo(Category.DATA);
              assertThat(e.failure().retryable()).isTrue();
            });
    assertThat(store.get(kept)).isPresent();
  }

  @Test
  void weightsThatAreNoNumbersAreNotKept() {
    Descent wild = new Descent(1e10, 1e10, 0, 1e38, 0, 0, 1);
    Round round =
        paths(new Fresh(5), new Work.TrainPaths(PATHS.subList(0, 1), wild)); // its loss is finite

    assertThatThrownBy(() -> run(round, 7))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.failure().category()).isEqualTo(Category.DIVERGED));
  }

  @Test
  void bilevelStepsMoveTheAlphasAndAreTheSameWhenRepeated() {
    for (Order order : Order.values()) {
      Round round = descent(new Relaxation.Softmax(1), order, start());

      Measurement found = run(round, 7);
      RoundReport report = report(found);

      Alphas after = report.alphas().orElseThrow();
      assertThat(after.updates()).isEqualTo(3);
      assertThat(after.values()).isNotEqualTo(start().values());
      assertThat(report.trainLossNats()).isBetween(1.0, 4.0);
      assertThat(report.alphaLossNats()).isBetween(1.0, 4.0);
      assertThat(report.curvature()).isFinite();
      assertThat(found.validation().orElseThrow().examples()).isEqualTo(16);
      Measurement again = run(round, 7);
      assertThat(report(again)).isEqualTo(report);
      assertThat(again.checkpoint()).isEqualTo(found.checkpoint());
    }
  }

  @Test
  void gumbelDrawsFollowFromTheSeed() {
    Round round = descent(new Relaxation.Gumbel(5), Order.FIRST, start());

    RoundReport report = report(run(round, 7));

    assertThat(report(run(round, 7))).isEqualTo(report);
    assertThat(report(run(round, 8)).alphas()).isNotEqualTo(report.alphas());
  }

  private static RoundReport report(Measurement measurement) {
    return measurement.round().orElseThrow();
  }
}
