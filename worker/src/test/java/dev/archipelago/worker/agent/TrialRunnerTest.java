package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Start;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.weights.BlobDirectory;
import dev.archipelago.protocol.wire.Fixtures;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.FaultInjection;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.evaluate.Evaluations;
import dev.archipelago.worker.measure.gpu.Driver;
import dev.archipelago.worker.measure.gpu.FakeGpus;
import dev.archipelago.worker.measure.gpu.GpuMeter;
import dev.archipelago.worker.weights.Safetensors;
import dev.archipelago.worker.weights.WeightStore;
import dev.archipelago.worker.weights.WeightStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded data set, with an engine in plain Java. */
class TrialRunnerTest {
  private static final Task FASHION = new Task(new Shape(1, 28, 28), 10);
  private static final String MINI = "fashion-mnist-mini";
  private static final NetworkPlan PLAN = plan(FASHION);
  private static final Datasets DATASETS = new Datasets(Path.of("nowhere"));

  @TempDir private Path weights;

  private final FakeEngine engine = new FakeEngine();
  private final List<Progress> progress = new ArrayList<>();
  private long nanos;

  @Test
  void measuresATrainedNetwork() {
    Measurement measurement = completed(run(assignment(Stage.SEARCH)));
    assertThat(measurement.validation().orElseThrow().examples()).isEqualTo(40);
    assertThat(measurement.validation().orElseThrow().accuracy()).isGreaterThan(0.5);
    assertThat(measurement.test()).isEmpty();
    assertThat(measurement.curve()).extracting(Epoch::number).containsExactly(1, 2, 3);
    assertThat(measurement.curve().get(2).validation()).isEqualTo(measurement.validation());
    assertThat(measurement.latency()).extracting(l -> l.batchSize()).containsExactly(1, 8);
    assertThat(measurement.params()).isEqualTo(7840);
    assertThat(measurement.flops()).isEqualTo(PlanCost.of(PLAN).flops());
    assertThat(measurement.engine()).isEqualTo("fake");
    assertThat(measurement.device()).isEqualTo("cpu");
    assertThat(engine.open()).isZero();
  }

  /** The meter counts ten joules a look: one before the training and one after it. */
  @Test
  void tellsWhatTheDeviceDrewInTraining() {
    GpuMeter meter =
        GpuMeter.start(new FakeGpus(new Driver("580", 130), FakeGpus.H200), FakeGpus.H200);
    Evaluations metered =
        new Evaluations(DATASETS, new WeightStores.Directory(weights), System::nanoTime, meter);
    TrialRunner runner = new TrialRunner(engine, FaultInjection.NONE, metered, System::nanoTime);
    Outcome outcome =
        runner.run(assignment(Stage.SEARCH), progress::add, () -> false).orElseThrow();
    meter.close();
    assertThat(completed(outcome).energyJoules()).hasValue(10);
    assertThat(completed(run(assignment(Stage.SEARCH))).energyJoules()).isEmpty();
  }

  @Test
  void looksAtTestImagesOnlyInTheFinalStage() {
    Measurement measurement = completed(run(assignment(Stage.FINAL)));
    assertThat(measurement.validation()).isEmpty();
    assertThat(measurement.curve()).allMatch(epoch -> epoch.validation().isEmpty());
    var test = measurement.test().orElseThrow();
    assertThat(test.score().examples()).isEqualTo(10_000);
    assertThat(test.correct().cardinality() / 10_000.0)
        .isEqualTo(test.score().accuracy(), within(1e-12));
  }

  @Test
  void keepsTheNetworkOfTheFinalStageForItsUser() throws IOException {
    Measurement measurement = completed(run(assignment(Stage.FINAL)));
    Path file =
        BlobDirectory.ofNetworks(weights, Fixtures.SEARCH)
            .file(measurement.checkpoint().orElseThrow());
    byte[] blob = Files.readAllBytes(file);
    Map<String, float[]> kept = Safetensors.read(blob);
    assertThat(Safetensors.metadata(blob))
        .containsEntry("origin.dataset", MINI)
        .containsKeys("plan", "mean", "deviation");
    float[] inputs = kept.remove("probe.inputs");
    float[] expected = kept.remove("probe.logits");
    assertThat(expected).hasSize(8 * 10);
    Batch batch = new Batch(8, 28 * 28);
    batch.size(8);
    batch.images().put(0, inputs);
    float[] logits = new float[expected.length];
    try (Network other = engine.compile(PLAN, 1, 1)) {
      assertThat(other.load(kept)).isEqualTo(kept.size());
      other.infer(batch, logits);
    }
    assertThat(logits).containsExactly(expected);
    assertThat(completed(run(assignment(Stage.FINAL))).checkpoint())
        .as("equal trainings leave equal networks")
        .isEqualTo(measurement.checkpoint());
  }

  @Test
  void losesNoFinalResultWhereTheNetworkCannotBeKept() throws IOException {
    weights = Files.writeString(weights.resolve("file"), "no directory can be made here");
    Measurement measurement = completed(run(assignment(Stage.FINAL)));
    assertThat(measurement.test()).isPresent();
    assertThat(measurement.checkpoint()).isEmpty();
  }

  @Test
  void givesTheSameScoresForTheSameSeed() {
    Measurement once = completed(run(assignment(Stage.RETRAIN)));
    Measurement again = completed(run(assignment(Stage.RETRAIN)));
    assertThat(again.validation()).isEqualTo(once.validation());
  }

  @Test
  void passesOnWhatTheEngineRefuses() {
    TrialFailure failure = new TrialFailure(Category.OUT_OF_MEMORY, false, "3 GB do not fit");
    engine.failWith(new EngineException(failure));
    TrialFailure seen = failed(run(assignment(Stage.SEARCH)));
    assertThat(seen.deviceSeconds()).isPositive();
    assertThat(seen).isEqualTo(failure.after(seen.deviceSeconds()));
    assertThat(engine.open()).isZero();
  }

  @Test
  void namesAFullHeap() {
    engine.failWith(new OutOfMemoryError("Java heap space"));
    assertThat(failed(run(assignment(Stage.SEARCH))).category()).isEqualTo(Category.OUT_OF_MEMORY);
  }

  @Test
  void turnsEveryOtherExceptionIntoAFailure() {
    engine.failWith(new IllegalStateException("no kernel for this"));
    TrialFailure failure = failed(run(assignment(Stage.SEARCH)));
    assertThat(failure.category()).isEqualTo(Category.INVALID_PLAN);
    assertThat(failure.message()).contains("no kernel for this");
  }

  @Test
  void cutsMessagesThatWouldNotFitTheWire() {
    engine.failWith(new IllegalStateException("x".repeat(9_000)));
    assertThat(failed(run(assignment(Stage.SEARCH))).message()).hasSizeLessThan(5_000);
  }

  @Test
  void saysWhenTheDataSetIsNotThere() {
    TrialFailure failure =
        failed(run(assignment(Stage.SEARCH, new DatasetRef("cifar-10", "", FASHION, 0), PLAN)));
    assertThat(failure.category()).isEqualTo(Category.DATA);
    assertThat(failure.message()).contains("cifar-10");
  }

  @Test
  void refusesANetworkForOtherImages() {
    NetworkPlan colour = plan(new Task(new Shape(3, 28, 28), 10));
    TrialFailure failure =
        failed(run(assignment(Stage.SEARCH, new DatasetRef(MINI, "", FASHION, 200), colour)));
    assertThat(failure.category()).isEqualTo(Category.INVALID_PLAN);
    assertThat(failure.message()).contains("3x28x28").contains("1x28x28");
    assertThat(failure.deviceSeconds()).as("the attempt's time all the same").isPositive();
  }

  @Test
  void injectsTheFaultsOfADrill() {
    TrialRunner runner =
        new TrialRunner(
            engine, FaultInjection.parse(List.of("17:diverge")), evaluations(() -> 0), () -> 0);
    Outcome outcome =
        runner.run(assignment(Stage.SEARCH), progress::add, () -> false).orElseThrow();
    assertThat(failed(outcome).category()).isEqualTo(Category.DIVERGED);
  }

  @Test
  void hasNoOutcomeWhenItIsCancelled() {
    for (int steps : new int[] {0, 1, 5}) {
      int[] asked = {0};
      assertThat(runner().run(assignment(Stage.SEARCH), progress::add, () -> asked[0]++ >= steps))
          .isEmpty();
      assertThat(engine.open()).isZero();
    }
  }

  @Test
  void reportsEveryPhaseAndAStepNowAndThen() {
    run(assignment(Stage.SEARCH));
    assertThat(progress).extracting(Progress::phase).startsWith("loading", "compiling");
    assertThat(progress.get(progress.size() - 1).phase()).isEqualTo("measuring");
    // 3 epochs of 10 steps, 100 ms each: every third one is at least 250 ms after the last.
    assertThat(progress).filteredOn(p -> p.phase().equals("training")).hasSizeBetween(8, 12);
    assertThat(progress).allMatch(p -> p.attempt().equals(Fixtures.ATTEMPT) && p.epochs() == 3);
  }

  @Test
  void goesOnWhereAnEarlierTrialStopped() {
    Measurement whole = completed(run(assignment(Stage.SEARCH)));
    assertThat(whole.checkpoint()).isEmpty();
    Measurement first = completed(run(evaluatedBy(new Evaluation.Train(1))));
    String checkpoint = first.checkpoint().orElseThrow();
    assertThat(checkpoint).matches("[0-9a-f]{64}");
    assertThat(scores(first)).isEqualTo(scores(whole).subList(0, 1));
    assertThat(first.validation()).isEqualTo(first.curve().get(0).validation());
    Measurement rest = completed(run(evaluatedBy(from(checkpoint))));
    assertThat(scores(rest)).isEqualTo(scores(whole).subList(1, 3));
    assertThat(rest.validation()).isEqualTo(whole.validation());
    assertThat(rest.checkpoint()).isEmpty();
  }

  @Test
  void trainsFromTheBeginningWhereTheCheckpointIsGoneOrBroken() throws IOException {
    Measurement whole = completed(run(assignment(Stage.SEARCH)));
    assertThat(scores(completed(run(evaluatedBy(from("0".repeat(64))))))).isEqualTo(scores(whole));
    Measurement first = completed(run(evaluatedBy(new Evaluation.Train(1))));
    String checkpoint = first.checkpoint().orElseThrow();
    Path blob = BlobDirectory.of(weights, Fixtures.SEARCH).file(checkpoint);
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length - 1] ^= 1;
    Files.write(blob, bytes);
    assertThat(scores(completed(run(evaluatedBy(from(checkpoint)))))).isEqualTo(scores(whole));
  }

  @Test
  void trainsFromTheBeginningWhereTheCheckpointIsAnotherNetworks() throws IOException {
    byte[] foreign = Safetensors.write(Map.of("weight", new float[3]), Map.of());
    WeightStore store = new WeightStores.Directory(weights).of(Fixtures.SEARCH, () -> false);
    String checkpoint = store.put(foreign);
    String text = store.put("no tensors".getBytes(StandardCharsets.UTF_8));
    for (String other : List.of(checkpoint, text)) {
      assertThat(completed(run(evaluatedBy(from(other)))).curve()).hasSize(3);
    }
  }

  @Test
  void aStoreWithoutRoomCostsTheCheckpointAndNotTheTrial() throws IOException {
    weights = Files.writeString(weights.resolve("file"), "no directory can be made here");
    Measurement first = completed(run(evaluatedBy(new Evaluation.Train(1))));
    assertThat(first.checkpoint()).isEmpty();
    assertThat(first.validation()).isPresent();
  }

  private static Evaluation from(String checkpoint) {
    return new Evaluation.Train(3, new Start.Continuation(checkpoint, 1), OptionalInt.empty());
  }

  /** The curve without its times. */
  private static List<Epoch> scores(Measurement measurement) {
    return measurement.curve().stream()
        .map(e -> new Epoch(e.number(), e.trainLossNats(), e.validation(), 0))
        .toList();
  }

  @Test
  void leavesItsWeightsToHeirsOnTheWay() {
    Measurement whole = completed(run(assignment(Stage.SEARCH)));
    Measurement donor =
        completed(run(evaluatedBy(new Evaluation.Train(3, new Start.Fresh(), OptionalInt.of(2)))));
    assertThat(scores(donor)).isEqualTo(scores(whole));
    String checkpoint = donor.checkpoint().orElseThrow();
    Start start = new Start.Inheritance(checkpoint, 2);
    Measurement heir =
        completed(run(evaluatedBy(new Evaluation.Train(3, start, OptionalInt.empty()))));
    assertThat(heir.curve()).extracting(Epoch::number).containsExactly(3);
    assertThat(heir.metrics()).containsEntry("inherited", 1.0);
    assertThat(heir.checkpoint()).isEmpty();
    assertThat(heir.curve().get(0).trainLossNats())
        .as("without the momentum, but near")
        .isCloseTo(whole.curve().get(2).trainLossNats(), within(0.2));
  }

  @Test
  void anHeirWithoutItsInheritanceFailsAndIsTriedAgain() {
    for (Start start :
        List.of(
            new Start.Inheritance("0".repeat(64), 1), new Start.Growth("0".repeat(64), PLAN, 0))) {
      TrialFailure failure =
          failed(run(evaluatedBy(new Evaluation.Train(3, start, OptionalInt.empty()))));
      assertThat(failure.category()).isEqualTo(Category.DATA);
      assertThat(failure.retryable()).isTrue();
      assertThat(failure.message()).contains("0000 are not in the weight store");
    }
  }

  @Test
  void whoCannotLeaveWhatItsHeirsNeedFails() throws IOException {
    weights = Files.writeString(weights.resolve("file"), "no directory can be made here");
    TrialFailure failure =
        failed(run(evaluatedBy(new Evaluation.Train(3, new Start.Fresh(), OptionalInt.of(3)))));
    assertThat(failure.category()).isEqualTo(Category.DATA);
    assertThat(failure.message()).contains("weights for heirs cannot be kept");
    assertThat(engine.open()).isZero();
  }

  @Test
  void borrowsAScoreAndMeasuresTheRest() {
    Score score = new Score(0.75, 0.5, 2000);
    Measurement measurement = completed(run(evaluatedBy(new Evaluation.Lent(3, score))));
    assertThat(measurement.validation()).contains(score);
    assertThat(measurement.curve()).isEmpty();
    assertThat(measurement.latency()).extracting(l -> l.batchSize()).containsExactly(1, 8);
    assertThat(measurement.params()).isEqualTo(7840);
    assertThat(measurement.trainSeconds()).isZero();
    assertThat(measurement.deviceSeconds()).isPositive();
    assertThat(engine.open()).isZero();
  }

  @Test
  void scoresAnUntrainedNetwork() {
    Measurement measurement = completed(run(scoredBy(Proxy.GRAD_NORM)));
    assertThat(measurement.metrics()).containsExactly(entry("grad_norm", 16.0)); // one batch
    assertThat(measurement.validation()).isEmpty();
    assertThat(measurement.curve()).isEmpty();
    assertThat(measurement.latency()).isEmpty();
    assertThat(measurement.params()).isEqualTo(7840);
    assertThat(measurement.flops()).isEqualTo(PlanCost.of(PLAN).flops());
    assertThat(measurement.deviceSeconds()).isPositive();
    assertThat(engine.open()).isZero();
    assertThat(completed(run(scoredBy(Proxy.SYNFLOW))).metrics())
        .containsExactly(entry("synflow", 0.0)); // sees no example
  }

  @Test
  void countsWithoutCompiling() {
    assertThat(completed(run(scoredBy(Proxy.PARAMS))).metrics())
        .containsExactly(entry("params", (double) PlanCost.of(PLAN).params()));
    assertThat(completed(run(scoredBy(Proxy.FLOPS))).metrics())
        .containsExactly(entry("flops", (double) PlanCost.of(PLAN).flops()));
    assertThat(progress).isEmpty();
  }

  @Test
  void saysWhichProxiesWorkWhereOneDoesNot() {
    PlanBuilder linear = new PlanBuilder(FASHION.input());
    NetworkPlan plan = linear.classifier(linear.input(), FASHION.classes());
    TrialFailure failure =
        failed(
            run(
                assignment(
                    Stage.SEARCH,
                    new DatasetRef(MINI, "", FASHION, 200),
                    plan,
                    new Evaluation.ZeroCost(Proxy.NASWOT))));
    assertThat(failure.category()).isEqualTo(Category.INVALID_PLAN);
    assertThat(failure.message()).contains("ReLU").contains("synflow");
  }

  @Test
  void aScoreThatIsNoNumberIsADivergedTrial() {
    TrialRunner runner =
        new TrialRunner(
            engine, FaultInjection.parse(List.of("17:diverge")), evaluations(() -> 0), () -> 0);
    TrialFailure failure =
        failed(runner.run(scoredBy(Proxy.SYNFLOW), progress::add, () -> false).orElseThrow());
    assertThat(failure.category()).isEqualTo(Category.DIVERGED);
    assertThat(failure.message()).contains("synflow").contains("NaN");
  }

  private static Assignment scoredBy(Proxy proxy) {
    return evaluatedBy(new Evaluation.ZeroCost(proxy));
  }

  private Outcome run(Assignment assignment) {
    return runner().run(assignment, progress::add, () -> false).orElseThrow();
  }

  /** Whoever looks at this runner's clock takes 100 ms for it. */
  private TrialRunner runner() {
    LongSupplier clock = () -> nanos += 100_000_000L;
    return new TrialRunner(engine, FaultInjection.NONE, evaluations(clock), clock);
  }

  private Evaluations evaluations(LongSupplier clock) {
    return new Evaluations(DATASETS, new WeightStores.Directory(weights), clock);
  }

  private static Measurement completed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Completed.class);
    return ((Outcome.Completed) outcome).measurement();
  }

  private static TrialFailure failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).failure();
  }

  private static Assignment assignment(Stage stage) {
    return assignment(stage, new DatasetRef(MINI, "", FASHION, 200), PLAN);
  }

  private static Assignment assignment(Stage stage, DatasetRef dataset, NetworkPlan plan) {
    return assignment(stage, dataset, plan, new Evaluation.Train(3));
  }

  private static Assignment evaluatedBy(Evaluation evaluation) {
    return assignment(Stage.SEARCH, new DatasetRef(MINI, "", FASHION, 200), PLAN, evaluation);
  }

  private static Assignment assignment(
      Stage stage, DatasetRef dataset, NetworkPlan plan, Evaluation evaluation) {
    return new Assignment(
        Fixtures.TRIAL,
        Fixtures.ATTEMPT.number(),
        stage,
        plan,
        dataset,
        new Split(1, 0.2),
        evaluation,
        new Training(3, 16, 0.01, 0, 0, 0, Training.Augmentation.NONE, 1),
        new Profiling(8, 1, 3),
        7);
  }

  private static NetworkPlan plan(Task task) {
    ChainSpace space = new ChainSpace(1, List.of(3), List.of(1), List.of(4), false);
    return space.decode(space.sample(new SplitMix64(0)), task);
  }
}
