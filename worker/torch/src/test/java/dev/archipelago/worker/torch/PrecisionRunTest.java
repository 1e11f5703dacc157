package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.evaluate.Evaluations;
import dev.archipelago.worker.evaluate.ProgressReports;
import dev.archipelago.worker.weights.WeightStores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That what an assignment says of precision reaches the engine, and comes back. */
class PrecisionRunTest {
  private static final Task FASHION = new Task(new Shape(1, 28, 28), 10);

  @TempDir private Path directory;

  @Test
  void aTrialTrainsInThePrecisionThatItIsGiven() {
    Measurement exact = run(Precision.FLOAT32);
    Measurement mixed = run(Precision.BF16);
    assertThat(exact.metrics()).isEmpty();
    assertThat(mixed.metrics()).containsExactly(entry("bf16-fallbacks", 0.0));
    double lossNats = exact.curve().get(0).trainLossNats();
    assertThat(mixed.curve().get(0).trainLossNats())
        .isNotEqualTo(lossNats)
        .isCloseTo(lossNats, within(0.02 * lossNats));
  }

  private Measurement run(Precision precision) {
    ChainSpace space = new ChainSpace(1, List.of(3), List.of(2), List.of(4), false);
    TrialId trial = new TrialId(new SearchId("search-1"), 3);
    Assignment assignment =
        new Assignment(
            trial,
            1,
            Stage.SEARCH,
            space.decode(space.sample(new SplitMix64(0)), FASHION),
            new DatasetRef("fashion-mnist-mini", "", FASHION, 200),
            new Split(1, 0.2),
            new Evaluation.Train(1),
            new Training(1, 16, 0.05, 0.9, 0, 5, Training.Augmentation.NONE, 1, precision),
            new Profiling(1, 0, 0),
            11);
    return new Evaluations(
            new Datasets(Path.of("nowhere")),
            new WeightStores.Directory(directory),
            System::nanoTime)
        .measure(
            assignment,
            TorchEngine.onCpu(),
            new ProgressReports(new Attempt(trial, 1), 1, progress -> {}, System::nanoTime),
            () -> false);
  }
}
