package dev.archipelago.controller.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.spec.Baselines.Match;
import dev.archipelago.controller.spec.SearchSpec.Budget;
import dev.archipelago.controller.spec.SearchSpec.Constraints;
import dev.archipelago.controller.spec.SearchSpec.Order;
import dev.archipelago.controller.spec.SearchSpec.Retraining;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.protocol.space.Activation;
import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.MlpSpace;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SequenceSpace;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Objective;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.Training.Augmentation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpecParserTest {
  private static final String SHORTEST =
      """
      dataset: fashion-mnist-mini
      space: {kind: chain}
      strategy: random
      budget: {trials: 20}
      """;

  @Test
  void readsTheSpecOfTheDesign() {
    SearchSpec spec =
        parse(
            """
            name: fashion-quickstart
            dataset: fashion-mnist-mini
            space: {kind: chain, layers: 4, filters: [8, 16, 32], kernels: [3, 5], skips: true}
            strategy: {kind: reinforce, batch: 1, window: 4}
            evaluation: {epochs: 1, batch: 128}
            objective: {maximize: accuracy}
            constraints: {params: <= 200k}
            baseline: random
            budget: {trials: 20}
            seed: 7
            """);
    Task task = new Task(new Shape(1, 28, 28), 10);
    assertThat(spec)
        .isEqualTo(
            new SearchSpec(
                "fashion-quickstart",
                new DatasetRef("fashion-mnist-mini", "", task, 0),
                new Split(7, 0.2),
                new ChainSpace(4, List.of(3, 5), List.of(1, 2), List.of(8, 16, 32), true),
                Strategies.of("reinforce", 20, Settings.none()),
                4,
                Order.PROPOSAL,
                Schedule.full(1),
                new Evaluator.Engine(true, false),
                new Training(1, 128, 0.1, 0.9, 3e-4, 5, new Augmentation(0, true), 1),
                new Profiling(32, 5, 20),
                new Objective.Accuracy(),
                new Constraints(OptionalLong.of(200_000), OptionalLong.empty()),
                new Baselines(Optional.of(Match.DEVICE_SECONDS), List.of()),
                new Budget(20, Optional.empty(), Optional.empty()),
                new Retraining(3, 6, 6),
                Placement.ANY,
                7));
  }

  @Test
  void fillsInEveryDefault() {
    SearchSpec spec = parse(SHORTEST);
    assertThat(spec.name()).isEqualTo("fashion-mnist-mini-random");
    assertThat(spec.window()).isEqualTo(8);
    assertThat(spec.baselines()).isEqualTo(Baselines.NONE);
    assertThat(spec.schedule()).isEqualTo(Schedule.full(3));
    assertThat(spec.evaluator()).isEqualTo(new Evaluator.Engine(true, false));
    assertThat(spec.training().epochs()).isEqualTo(3);
    assertThat(spec.retraining()).isEqualTo(new Retraining(3, 15, 15));
    assertThat(spec.seed()).isEqualTo(1);
    assertThat(spec.split().seed()).isEqualTo(1);
    assertThat(spec.space())
        .isEqualTo(
            new ChainSpace(6, List.of(1, 3, 5, 7), List.of(1, 2), List.of(24, 36, 48, 64), true));
  }

  @Test
  void readsThePrecisionOfTraining() {
    assertThat(parse(SHORTEST).training().precision()).isEqualTo(Precision.FLOAT32);
    assertThat(parse(SHORTEST + "evaluation: {precision: bf16}\n").training().precision())
        .isEqualTo(Precision.BF16);
  }

  @Test
  void readsJsonToo() {
    assertThat(
            parse(
                """
                {"dataset": "fashion-mnist-mini", "space": {"kind": "chain"},
                 "strategy": "random", "budget": {"trials": 20}}
                """))
        .isEqualTo(parse(SHORTEST));
  }

  @Test
  void readsCells() {
    SearchSpec spec = set("space={kind: cell, nodes: 2, operations: [conv_3x3, skip_connect]}");
    assertThat(spec.space())
        .isEqualTo(new CellSpace(2, List.of(Operation.CONV_3X3, Operation.SKIP_CONNECT), 3, 2, 16));
  }

  @Test
  void anOverrideWinsOverTheFileAndALaterOneOverAnEarlier() {
    SearchSpec spec =
        set("budget.trials=30", "budget.trials=40", "budget.time=90 min", "space.kernels=[3]");
    assertThat(spec.budget())
        .isEqualTo(new Budget(40, Optional.of(Duration.ofMinutes(90)), Optional.empty()));
    assertThat(((ChainSpace) spec.space()).kernels()).containsExactly(3);
  }

  @Test
  void anOverrideReachesIntoAShortForm() {
    SearchSpec spec = set("dataset.limit=5000", "strategy.window=2");
    assertThat(spec.dataset().name()).isEqualTo("fashion-mnist-mini");
    assertThat(spec.dataset().limit()).isEqualTo(5000);
    assertThat(spec.window()).isEqualTo(2);
  }

  @Test
  void aBadOverrideIsNamedAsItWasGiven() {
    assertThatThrownBy(() -> set("budget.trials=many", "budgt.trials=2"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("--set budget.trials=many: budget.trials: found \"many\"; allowed:")
        .hasMessageContaining("--set budgt.trials=2: budgt: unknown key; did you mean \"budget\"?");
    assertThatThrownBy(() -> set("budget.trials"))
        .hasMessage(
            "--set budget.trials: allowed: key=value with a dotted key, such as budget.trials=20");
    assertThatThrownBy(() -> set("a=[1", "=1"))
        .hasMessageContaining("--set a=[1: not YAML:")
        .hasMessageContaining("--set =1: allowed: key=value");
    assertThatThrownBy(() -> set("baseline.x=1", "baseline=none", "baseline.x=1"))
        .hasMessageContaining("--set baseline.x=1: baseline: found \"none\" in the file");
  }

  @Test
  void theWindowAndTheFinalistsAreNeverMoreThanTheTrials() {
    SearchSpec spec = set("budget.trials=2", "strategy.window=8", "retrain.top=3");
    assertThat(spec.window()).isEqualTo(2);
    assertThat(spec.retraining().top()).isEqualTo(2);
  }

  @Test
  void augmentationFollowsTheDataSet() {
    assertThat(set("dataset=mnist").training().augmentation()).isEqualTo(Augmentation.NONE);
    assertThat(set("dataset=fashion-mnist-mini").training().augmentation())
        .isEqualTo(new Augmentation(0, true));
    assertThat(set("dataset=cifar-10").training().augmentation())
        .isEqualTo(new Augmentation(4, true));
    assertThat(set("dataset=cifar-10", "evaluation.augmentation=none").training().augmentation())
        .isEqualTo(Augmentation.NONE);
    assertThat(set("dataset=cifar-10", "evaluation.augmentation.flip=false").training())
        .extracting(Training::augmentation)
        .isEqualTo(new Augmentation(4, false));
  }

  @Test
  void aFoldersPathIsMadeAbsolute() {
    SearchSpec spec = set("dataset={name: folder, path: some/images, image-size: 48}");
    assertThat(spec.dataset())
        .isEqualTo(
            new DatasetRef(
                "folder",
                Path.of("some/images").toAbsolutePath().toString(),
                new Examples.Images(48),
                new Task(new Shape(3, 48, 48), 5),
                0));
  }

  @Test
  void readsATableAndASpaceForIt() {
    SearchSpec spec =
        set(
            "dataset={name: csv, path: some/a.csv, label: species, test: b.csv}",
            "space={kind: mlp, layers: 2, units: [8], activations: [tanh], batch-norm: false}");
    assertThat(spec.dataset().path()).isEqualTo(Path.of("some/a.csv").toAbsolutePath().toString());
    assertThat(spec.dataset().examples())
        .isEqualTo(new Examples.Rows("species", Path.of("b.csv").toAbsolutePath().toString()));
    assertThat(spec.space())
        .isEqualTo(new MlpSpace(2, List.of(8), List.of(Activation.TANH), false));
    assertThat(spec.training().augmentation()).isEqualTo(Augmentation.NONE);
    assertThat(set("dataset=mnist", "space={kind: mlp}").space())
        .isEqualTo(new MlpSpace(3, List.of(16, 32, 64, 128), List.of(Activation.values()), true));
  }

  @Test
  void readsATextAndASpaceForIt() {
    SearchSpec spec = set("dataset={name: text, path: a.txt}", "space={kind: sequence}");
    assertThat(spec.dataset().examples()).isEqualTo(new Examples.Windows(32));
    assertThat(spec.dataset().task()).isEqualTo(new Task(new Shape(1, 32, 1), 65));
    assertThat(spec.space())
        .isEqualTo(
            new SequenceSpace(
                List.of(16, 32, 64), List.of(Cell.values()), 2, List.of(64, 128), List.of(0, 64)));
    assertThat(set("dataset={name: text, path: a.txt, window: 9}", "space={kind: sequence}"))
        .extracting(s -> s.dataset().task().input())
        .isEqualTo(new Shape(1, 9, 1));
  }

  @Test
  void readsEveryFormOfObjective() {
    Duration target = Duration.ofMillis(2);
    assertThat(objective("{maximize: accuracy, latency: {target: 2 ms}}"))
        .isEqualTo(new Objective.AccuracyLatency(target, -0.07, -0.07));
    assertThat(objective("{maximize: accuracy, latency: {target: 2ms, exponents: hard}}"))
        .isEqualTo(new Objective.AccuracyLatency(target, 0, -1));
    assertThat(
            objective(
                "{maximize: accuracy, latency: {target: 2000 us, exponents: {below: -0.01, above:"
                    + " -0.5}}}"))
        .isEqualTo(new Objective.AccuracyLatency(target, -0.01, -0.5));
    assertThat(objective("{minimize: loss, latency: {unit: us}}"))
        .isEqualTo(new Objective.LossLogLatency(0.6, Duration.ofNanos(1000)));
    assertThat(objective("{minimize: loss, latency: {beta: 1, unit: 10 us}}"))
        .isEqualTo(new Objective.LossLogLatency(1, Duration.ofNanos(10_000)));
    assertThat(objective("{minimize: loss, latency: {beta: 0.6, target: 2 ms}}"))
        .isEqualTo(new Objective.LossLogRatio(0.6, target));
  }

  @Test
  void aMeasuredObjectiveNeedsRuns() {
    assertThatThrownBy(
            () ->
                set(
                    "objective={maximize: accuracy, latency: {target: 2 ms}}",
                    "evaluation.latency.runs=0"))
        .hasMessageContaining("evaluation.latency.runs: found 0, but the objective needs");
  }

  @Test
  void readsLimitsWithAndWithoutSuffix() {
    assertThat(params("<= 200k")).hasValue(200_000);
    assertThat(params("200K")).hasValue(200_000);
    assertThat(params("\"<=1.5M\"")).hasValue(1_500_000);
    assertThat(params("1G")).hasValue(1_000_000_000);
    assertThat(params("123456")).hasValue(123_456);
    assertThat(params("none")).isEmpty();
  }

  @Test
  void limitsThatNobodyMeetsAreRefusedTogether() {
    assertThatThrownBy(() -> set("constraints={params: 700, flops: 10k}"))
        .hasMessageContaining("constraints: met by none of 2,000 sampled networks (fewest param");
  }

  @Test
  void anAliasMayRepeatAPart() {
    SearchSpec spec =
        parse(
            """
            dataset: fashion-mnist-mini
            space: {kind: chain, kernels: &odd [3, 5], filters: *odd}
            strategy: random
            budget: {trials: 20}
            """);
    assertThat(((ChainSpace) spec.space()).filters()).containsExactly(3, 5);
  }

  @Test
  void aKnownTaskNeedsNoFiles() {
    Task task = new Task(new Shape(3, 64, 64), 100);
    SearchSpec spec =
        SpecParser.parse(SHORTEST, "journal", List.of("dataset=gone"), DatasetProbe.known(task));
    assertThat(spec.dataset()).isEqualTo(new DatasetRef("gone", "", task, 0));
  }

  private static OptionalLong params(String limit) {
    return set("space.layers=1", "space.filters=[8]", "constraints.params=" + limit)
        .constraints()
        .params();
  }

  private static Objective objective(String text) {
    return set("objective=" + text).objective();
  }

  private static SearchSpec set(String... overrides) {
    return SpecParser.parse(SHORTEST, "spec.yaml", List.of(overrides), new FakeDatasets());
  }

  private static SearchSpec parse(String yaml) {
    return SpecParser.parse(yaml, "spec.yaml", List.of(), new FakeDatasets());
  }
}
