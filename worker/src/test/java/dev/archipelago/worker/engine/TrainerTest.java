package dev.archipelago.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Task TASK = new Task(new Shape(1, 4, 4), 2);
  private static final Training TRAINING =
      new Training(3, 16, 0.5, 0.9, 1e-4, 5, Training.Augmentation.NONE, 1);

  private final SoftmaxRegression network = new SoftmaxRegression(16, 2);
  private final List<Trainer.Progress> progress = new ArrayList<>();

  private static ArraySource examples(int size) {
    return ArraySource.patches(TASK, size, 3, true);
  }

  private Trainer trainer(BatchSource examples, Optional<BatchSource> validation, long seed) {
    return new Trainer(network, examples, validation, TRAINING, seed);
  }

  private Trainer.Trained train(int size, Optional<BatchSource> validation, long seed) {
    return trainer(examples(size), validation, seed).train(progress::add, () -> false);
  }

  @Test
  void learnsAndDrawsTheCurve() {
    BatchSource validation = ArraySource.patches(TASK, 50, 4, false);
    Trainer.Trained trained = train(160, Optional.of(validation), 1);
    List<Epoch> curve = trained.curve();
    assertThat(curve).extracting(Epoch::number).containsExactly(1, 2, 3);
    assertThat(curve.get(2).trainLossNats()).isLessThan(curve.get(0).trainLossNats());
    assertThat(curve.get(2).validation().orElseThrow().accuracy()).isGreaterThan(0.9);
    assertThat(curve.get(2).validation().orElseThrow().examples()).isEqualTo(50);
    assertThat(trained.seconds())
        .isCloseTo(curve.stream().mapToDouble(Epoch::seconds).sum(), within(1e-9));
    assertThat(trained.imagesPerSecond() * trained.seconds()).isCloseTo(480, within(1e-6));
  }

  @Test
  void theRateFallsAlongACosineToZero() {
    train(160, Optional.empty(), 1);
    assertThat(network.steps()).hasSize(30);
    for (int i = 0; i < 30; i++) {
      Network.Sgd sgd = network.steps().get(i);
      assertThat(sgd.learningRate())
          .isCloseTo(0.5 * 0.5 * (1 + Math.cos(Math.PI * i / 30)), within(1e-12));
      assertThat(sgd).isEqualTo(new Network.Sgd(sgd.learningRate(), 0.9, 1e-4, 5));
    }
  }

  @Test
  void aTrainingInPartsIsTheWholeOne() {
    BatchSource validation = ArraySource.patches(TASK, 50, 4, false);
    Trainer.Trained whole = train(160, Optional.of(validation), 1);
    SoftmaxRegression part = new SoftmaxRegression(16, 2);
    Trainer trainer = new Trainer(part, examples(160), Optional.of(validation), TRAINING, 1);
    assertThat(scores(trainer.train(0, 1, p -> {}, () -> false)))
        .isEqualTo(scores(whole).subList(0, 1));
    assertThat(scores(trainer.train(1, 3, progress::add, () -> false)))
        .isEqualTo(scores(whole).subList(1, 3));
    assertThat(part.steps()).isEqualTo(network.steps());
    assertThat(part.weights().get("weight")).containsExactly(network.weights().get("weight"));
    assertThat(progress.get(progress.size() - 1).step()).isEqualTo(30);
  }

  /** The curve without its times. */
  private static List<Epoch> scores(Trainer.Trained trained) {
    return trained.curve().stream()
        .map(e -> new Epoch(e.number(), e.trainLossNats(), e.validation(), 0))
        .toList();
  }

  @Test
  void refusesAPartThatIsNone() {
    for (int[] part : new int[][] {{0, 0}, {-1, 1}, {2, 2}, {0, 4}}) {
      assertThatThrownBy(
              () ->
                  trainer(examples(160), Optional.empty(), 1)
                      .train(part[0], part[1], p -> {}, () -> false))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void leavesOutWhatDoesNotFillABatch() {
    train(47, Optional.empty(), 1);
    assertThat(network.sizes()).hasSize(6).containsOnly(16);
  }

  @Test
  void trainsOnASetSmallerThanABatch() {
    Trainer.Trained trained = train(5, Optional.empty(), 1);
    assertThat(network.sizes()).containsExactly(5, 5, 5);
    assertThat(trained.curve()).allMatch(epoch -> epoch.trainLossNats() > 0);
  }

  @Test
  void tellsWhereItIsAfterEveryStep() {
    train(160, Optional.empty(), 1);
    assertThat(progress).hasSize(30);
    assertThat(progress).extracting(Trainer.Progress::step).endsWith(29L, 30L);
    assertThat(progress.get(10).epoch()).isEqualTo(2);
    assertThat(progress).allMatch(p -> p.steps() == 30 && p.epochs() == 3);
    assertThat(progress).allMatch(p -> p.imagesPerSecond() > 0 && p.lossNats() > 0);
  }

  @Test
  void equalSeedsSeeEqualBatches() {
    float[] first = trained(1);
    assertThat(trained(1)).containsExactly(first);
    assertThat(trained(2)).isNotEqualTo(first);
  }

  private static float[] trained(long seed) {
    SoftmaxRegression network = new SoftmaxRegression(16, 2);
    new Trainer(network, examples(60), Optional.empty(), TRAINING, seed)
        .train(p -> {}, () -> false);
    return network.weights().get("weight");
  }

  @Test
  void stopsWhenItIsCancelled() {
    assertThatThrownBy(
            () ->
                trainer(examples(160), Optional.empty(), 1)
                    .train(progress::add, () -> progress.size() == 4))
        .isInstanceOf(CancellationException.class);
    assertThat(network.steps()).hasSize(4);
  }

  @Test
  void aLossThatIsNotANumberIsADivergedTrial() {
    float[] images = new float[64 * 16];
    images[17 * 16] = Float.NaN;
    BatchSource broken = new ArraySource(TASK, images, new int[64], false);
    assertThatThrownBy(() -> trainer(broken, Optional.empty(), 1).train(p -> {}, () -> false))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.failure().category()).isEqualTo(Category.DIVERGED);
              assertThat(e.failure().message()).contains("NaN").contains("step 2 of 12");
            });
  }

  @Test
  void weightsThatOnlyShowInValidationAreADivergedTrialToo() {
    float[] images = new float[16];
    images[0] = Float.NaN;
    BatchSource broken = new ArraySource(TASK, images, new int[1], false);
    assertThatThrownBy(() -> train(64, Optional.of(broken), 1))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.failure().message()).contains("validation after epoch 1"));
  }
}
