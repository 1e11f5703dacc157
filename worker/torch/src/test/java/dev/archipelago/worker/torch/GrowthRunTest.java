package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Growth;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Start;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.evaluate.Evaluations;
import dev.archipelago.worker.evaluate.ProgressReports;
import dev.archipelago.worker.weights.WeightStores;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that grow, from the assignment to the measurement, on real images. */
class GrowthRunTest {
  private static final Task FASHION = new Task(new Shape(1, 28, 28), 10);
  private static final ChainSpace SPACE =
      new ChainSpace(2, List.of(1, 3), List.of(2), List.of(4, 8), false);
  private static final NetworkPlan SMALLEST = SPACE.decode(SPACE.smallest(), FASHION);

  @TempDir private Path directory;
  private Evaluations evaluations;
  private final Engine engine = TorchEngine.onCpu();

  @BeforeEach
  void open() {
    evaluations =
        new Evaluations(
            new Datasets(Path.of("nowhere")),
            new WeightStores.Directory(directory),
            System::nanoTime);
  }

  private Measurement run(NetworkPlan plan, Start start) {
    TrialId trial = new TrialId(new SearchId("search-1"), 3);
    Assignment assignment =
        new Assignment(
            trial,
            1,
            Stage.SEARCH,
            plan,
            new DatasetRef("fashion-mnist-mini", "", FASHION, 1000),
            new Split(1, 0.2),
            new Evaluation.Train(2, start, OptionalInt.of(2)),
            new Training(2, 32, 0.05, 0.9, 0, 5, Training.Augmentation.NONE, 1),
            new Profiling(1, 0, 0),
            11);
    return evaluations.measure(
        assignment,
        engine,
        new ProgressReports(new Attempt(trial, 1), 2, progress -> {}, System::nanoTime),
        () -> false);
  }

  private static NetworkPlan grown() {
    Architecture child = SPACE.smallest();
    for (Growth growth : SPACE.growths(SPACE.smallest())) {
      child = growth.of(child);
    }
    return SPACE.decode(child, FASHION);
  }

  @Test
  void aChildBeginsWithWhatItsParentKnows() {
    Measurement parent = run(SMALLEST, new Start.Fresh());
    String checkpoint = parent.checkpoint().orElseThrow();
    Measurement child = run(grown(), new Start.Growth(checkpoint, SMALLEST, 0.05));
    assertThat(child.metrics().get("logit-change")).isLessThan(1e-4);
    assertThat(child.params()).isGreaterThan(parent.params());
    assertThat(child.curve().get(0).trainLossNats())
        .isLessThan(parent.curve().get(1).trainLossNats());
    assertThat(child.checkpoint()).isPresent();
    Measurement fresh = run(grown(), new Start.Fresh());
    assertThat(child.curve().get(0).trainLossNats())
        .isLessThan(fresh.curve().get(0).trainLossNats());
  }

  @Test
  void aParentGoesOnAsItIs() {
    Measurement parent = run(SMALLEST, new Start.Fresh());
    String checkpoint = parent.checkpoint().orElseThrow();
    Measurement same = run(SMALLEST, new Start.Growth(checkpoint, SMALLEST, 0.05));
    assertThat(same.metrics()).containsEntry("logit-change", 0.0);
    assertThat(same.curve().get(0).trainLossNats())
        .isLessThan(parent.curve().get(0).trainLossNats());
  }

  /** A kernel of 3 x 5 has as many numbers as one of 5 x 3, in another order. */
  @Test
  void anHeirTakesOverWhatHasItsShape() {
    ChainSpace kernels = new ChainSpace(1, List.of(3, 5), List.of(2), List.of(4), false);
    NetworkPlan high = kernels.decode(new Architecture("chain", List.of(1, 0, 0, 0)), FASHION);
    NetworkPlan wide = kernels.decode(new Architecture("chain", List.of(0, 1, 0, 0)), FASHION);
    Measurement parent = run(high, new Start.Fresh());
    Start start = new Start.Inheritance(parent.checkpoint().orElseThrow(), 1);
    assertThat(run(high, start).metrics()).containsEntry("inherited", 1.0);
    int parameters = wide.parameters().size();
    assertThat(run(wide, start).metrics())
        .containsEntry("inherited", (parameters - 1.0) / parameters);
  }

  @Test
  void growthIsTheSameForTheSameSeed() {
    String checkpoint = run(SMALLEST, new Start.Fresh()).checkpoint().orElseThrow();
    Start start = new Start.Growth(checkpoint, SMALLEST, 0.05);
    assertThat(run(grown(), start).checkpoint()).isEqualTo(run(grown(), start).checkpoint());
  }

  @Test
  void whatDoesNotGrowOutOfItsParentIsRefused() {
    String checkpoint = run(grown(), new Start.Fresh()).checkpoint().orElseThrow();
    assertThatThrownBy(() -> run(SMALLEST, new Start.Growth(checkpoint, grown(), 0)))
        .isInstanceOfSatisfying(
            EngineException.class,
            refusal -> assertThat(refusal.failure().category()).isEqualTo(Category.INVALID_PLAN))
        .hasMessageContaining("does not grow out of its parent");
  }
}
