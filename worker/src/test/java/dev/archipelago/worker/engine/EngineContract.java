package dev.archipelago.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Activation;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.BlockFamily;
import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.MlpSpace;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.SequenceSpace;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.StagedSpace;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.weights.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every engine must do; an engine's test inherits it.
 *
 * <p>The oracle for values is {@link ReferenceForward}, for gradients finite differences of the
 * engine's own loss.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {
  private static final Task MNIST_LIKE = new Task(new Shape(1, 28, 28), 10);
  private static final Task CIFAR_LIKE = new Task(new Shape(3, 32, 32), 10);
  private static final Task SMALL_ODD = new Task(new Shape(2, 7, 7), 3);
  private static final Task OBLONG = new Task(new Shape(3, 15, 9), 5);
  private static final Task TEXT = new Task(new Shape(1, 6, 1), 7);
  private static final List<Task> TASKS = List.of(SMALL_ODD, MNIST_LIKE, OBLONG, CIFAR_LIKE);

  private static final Sgd PLAIN = new Sgd(0.1, 0, 0, 0);

  /** The engine without a memory limit; the same for all tests. */
  protected abstract Engine engine();

  /** An engine that refuses what it estimates to need more. */
  protected abstract Engine limitedTo(long bytes);

  private Network compile(NetworkPlan plan) {
    return engine().compile(plan, 1, 1);
  }

  // --- what it computes ---

  @Test
  void computesWhatEveryPlanOfTheChainSpaceMeans() {
    ChainSpace space = new ChainSpace(4, List.of(1, 3, 5), List.of(1, 2, 3), List.of(4, 6), true);
    for (Sample sample : samples(space, 20)) {
      checkAgainstReference(sample);
    }
  }

  @Test
  void computesWhatEveryPlanOfTheCellSpaceMeans() {
    CellSpace space = new CellSpace(3, List.of(Operation.values()), 3, 1, 4);
    for (Sample sample : samples(space, 20)) {
      checkAgainstReference(sample);
    }
  }

  @Test
  void computesWhatEveryLayerMeans() {
    checkAgainstReference(new Sample("all layers", allLayers(OBLONG), OBLONG));
    checkAgainstReference(new Sample("all on vectors", allOnVectors(OBLONG), OBLONG));
    checkAgainstReference(new Sample("all cells", allCells(TEXT), TEXT));
  }

  @Test
  void computesWhatEveryPlanOfTheMlpSpaceMeans() {
    MlpSpace space = new MlpSpace(3, List.of(4, 9), List.of(Activation.values()), true);
    Task table = new Task(new Shape(7, 1, 1), 3);
    SplitMix64 random = new SplitMix64(12);
    for (int i = 0; i < 20; i++) {
      Task task = i % 2 == 0 ? table : OBLONG;
      NetworkPlan plan = space.decode(space.sample(random), task);
      checkAgainstReference(new Sample("mlp " + i, plan, task));
    }
  }

  @Test
  void computesWhatEveryPlanOfTheSequenceSpaceMeans() {
    SequenceSpace space =
        new SequenceSpace(List.of(1, 5), List.of(Cell.values()), 3, List.of(1, 6), List.of(0, 4));
    SplitMix64 random = new SplitMix64(13);
    for (int i = 0; i < 30; i++) {
      Architecture architecture = space.sample(random);
      NetworkPlan plan = space.decode(architecture, TEXT);
      checkAgainstReference(new Sample(space.describe(architecture).toString(), plan, TEXT));
    }
  }

  @Test
  void computesWhatEveryPlanOfNasBench201Means() {
    for (Sample sample : samples(new NasBench201Space(4, 1), 20)) {
      checkAgainstReference(sample);
    }
    NetworkPlan dead =
        new NasBench201Space(4, 1)
            .decode(new Architecture("nasbench201", Collections.nCopies(6, 0)), OBLONG);
    checkAgainstReference(new Sample("a cell without a path", dead, OBLONG));
  }

  @Test
  void computesWhatEveryPlanOfTheStagedSpaceMeans() {
    StagedSpace space =
        new StagedSpace(
            2,
            List.of(BlockFamily.values()),
            List.of(3, 5),
            List.of(2),
            List.of(0, 4),
            List.of(4, 6),
            List.of(1, 2),
            List.of(0, 10),
            4);
    for (Sample sample : samples(space, 20)) {
      checkAgainstReference(sample);
    }
  }

  @Test
  void computesWhatEveryGateAndEveryResizeMeans() {
    checkAgainstReference(new Sample("gated", gated(OBLONG), OBLONG));
    checkAgainstReference(new Sample("gated", gated(CIFAR_LIKE), CIFAR_LIKE));
  }

  private record Sample(String name, NetworkPlan plan, Task task) {}

  private static List<Sample> samples(SearchSpace space, int count) {
    SplitMix64 random = new SplitMix64(11);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Architecture architecture = space.sample(random);
      Task task = TASKS.get(i % TASKS.size());
      String name = space.describe(architecture) + " on " + task;
      samples.add(new Sample(name, space.decode(architecture, task), task));
    }
    return samples;
  }

  /** Parameters, then a training step, then the logits of the moved weights and statistics. */
  private void checkAgainstReference(Sample sample) {
    NetworkPlan plan = sample.plan();
    try (Network network = compile(plan)) {
      assertThat(network.parameters()).as(sample.name()).isEqualTo(plan.parameters());
      assertThat(network.parameters().stream().mapToLong(Parameter::elements).sum())
          .isEqualTo(PlanCost.of(plan).params());
      Batch batch = examples(sample.task(), 3, 5);
      assertThat(network.step(batch, new Sgd(0.01, 0.9, 0, 1))).as(sample.name()).isFinite();
      float[] logits = infer(network, plan, batch);
      ReferenceForward reference = new ReferenceForward(plan, network.weights());
      for (int i = 0; i < batch.size(); i++) {
        double[] expected = reference.logits(image(batch, i));
        for (int j = 0; j < expected.length; j++) {
          assertThat((double) logits[i * expected.length + j])
              .as("logit %s of image %s, %s", j, i, sample.name())
              .isCloseTo(expected[j], within(1e-3 * (1 + Math.abs(expected[j]))));
        }
      }
    }
  }

  /** Images, or tokens where the task is about text. */
  private static Batch examples(Task task, int size, long seed) {
    ArraySource source =
        task.equals(TEXT)
            ? ArraySource.echoes(task, size, seed)
            : ArraySource.patches(task, size, seed, false);
    return source.batch(size);
  }

  /** One of every kind of layer for images, with every special case of padding. */
  private static NetworkPlan allLayers(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int stem = plan.add("stem", new Layer.Conv(6, 3, 5, 1, 1, 1, true), plan.input());
    int norm = plan.add("norm", new Layer.BatchNorm(), stem);
    int grouped = plan.add("grouped", new Layer.Conv(6, 3, 3, 1, 1, 3, false), norm);
    int dilated = plan.add("dilated", new Layer.Conv(6, 5, 5, 1, 2, 6, true), norm);
    int relu = plan.add("relu", new Layer.Relu(), grouped);
    int sum = plan.add("sum", new Layer.Add(), relu, dilated, norm);
    int highest = plan.add("highest", new Layer.MaxPool(3, 2), sum);
    int mean = plan.add("mean", new Layer.AvgPool(3, 2), sum);
    int even = plan.add("even", new Layer.AvgPool(2, 2), sum);
    int evenHighest = plan.add("even_highest", new Layer.MaxPool(2, 2), sum);
    int strided = plan.add("strided", Layer.Conv.of(4, 1, 3, 2), sum);
    int joined = plan.add("joined", new Layer.Concat(), highest, mean, even, evenHighest, strided);
    int pooled = plan.add("pooled", new Layer.GlobalAvgPool(), joined);
    int hidden = plan.add("hidden", new Layer.Linear(8), pooled);
    int active = plan.add("active", new Layer.Relu(), hidden);
    plan.add("logits", new Layer.Linear(task.classes()), active);
    return plan.build();
  }

  /**
   * The layers of squeeze-excitation and of mobile networks, each kind of resize, and zeros. The
   * rectifiers stand where an engine may be tempted to overwrite what a gradient needs.
   */
  private static NetworkPlan gated(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int larger = plan.add("larger", new Layer.Resize(20, 37), plan.input());
    int stem = plan.add("stem", new Layer.Conv(6, 3, 3, 1, 1, 1, true), larger);
    int swish = plan.add("swish", new Layer.Swish(), stem);
    int positive = plan.add("positive", new Layer.Relu(), swish);
    int hardSwish = plan.add("hard_swish", new Layer.HardSwish(), norm(plan, "wide", positive));
    int map = norm(plan, "map", hardSwish);
    int mean = plan.add("mean", new Layer.GlobalAvgPool(), map);
    int squeezed = plan.add("squeezed", new Layer.Linear(3), mean);
    int excited = plan.add("excited", new Layer.Linear(6), squeezed);
    int gate = plan.add("gate", new Layer.Sigmoid(), excited);
    int scaled = plan.add("scaled", new Layer.Scale(), map, gate);
    int rectified = plan.add("rectified", new Layer.Relu(), scaled);
    int capped = plan.add("capped", new Layer.Relu6(), norm(plan, "deep", rectified));
    int other = plan.add("other", new Layer.Linear(6), squeezed);
    int hardGate = plan.add("hard_gate", new Layer.HardSigmoid(), other);
    int again = plan.add("again", new Layer.Scale(), norm(plan, "last", capped), hardGate);
    int resized = plan.add("resized", new Layer.Resize(7, 50), again);
    int smaller = plan.add("smaller", new Layer.Relu(), resized);
    int zero = plan.add("zero", new Layer.Zero(plan.shape(smaller)), plan.input());
    int sum = plan.add("sum", new Layer.Add(), smaller, zero);
    return plan.classifier(sum, task.classes());
  }

  private static int norm(PlanBuilder plan, String name, int input) {
    int map = plan.add(name, new Layer.Conv(6, 3, 3, 1, 1, 6, false), input);
    return plan.add(name + "_norm", new Layer.BatchNorm(), map);
  }

  /** What vectors have beside those. */
  private static NetworkPlan allOnVectors(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int flat = plan.add("flat", new Layer.Flatten(), plan.input());
    int hidden = plan.add("hidden", new Layer.Linear(8), flat);
    int bent = plan.add("bent", new Layer.Tanh(), hidden);
    int gate = plan.add("gate", new Layer.Sigmoid(), hidden);
    int joined = plan.add("joined", new Layer.Concat(), bent, gate);
    plan.add("logits", new Layer.Linear(task.classes()), joined);
    return plan.build();
  }

  /** One of every kind of layer for text. */
  private static NetworkPlan allCells(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int at = plan.add("embedding", new Layer.Embedding(task.classes(), 4), plan.input());
    at = plan.add("rnn", new Layer.Recurrent(Cell.RNN, 5, true), at);
    at = plan.add("gru", new Layer.Recurrent(Cell.GRU, 6, true), at);
    at = plan.add("lstm", new Layer.Recurrent(Cell.LSTM, 3, false), at);
    plan.add("logits", new Layer.Linear(task.classes()), at);
    return plan.build();
  }

  private static float[] infer(Network network, NetworkPlan plan, Batch batch) {
    float[] logits = new float[batch.size() * plan.classes()];
    network.infer(batch, logits);
    return logits;
  }

  private static double[] image(Batch batch, int index) {
    double[] image = new double[batch.elements()];
    for (int i = 0; i < image.length; i++) {
      image[i] = batch.images().get(index * image.length + i);
    }
    return image;
  }

  @Test
  void readsOnlyAsManyExamplesAsTheBatchSays() {
    NetworkPlan plan = allLayers(OBLONG);
    try (Network network = compile(plan)) {
      ArraySource source = ArraySource.patches(OBLONG, 8, 5, false);
      Batch batch = source.batch(8);
      float[] all = infer(network, plan, batch);
      batch.size(2);
      float[] two = infer(network, plan, batch);
      assertThat(two).containsExactly(Arrays.copyOf(all, two.length), within(1e-5f));
      assertThat(network.step(batch, PLAIN)).isFinite();
    }
  }

  // --- how it learns ---

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    checkGradients(allLayers(OBLONG), examples(OBLONG, 16, 3));
    checkGradients(allOnVectors(OBLONG), examples(OBLONG, 16, 3));
  }

  @Test
  void gradientsThroughGatesAndResizesAgreeWithFiniteDifferences() {
    checkGradients(gated(OBLONG), examples(OBLONG, 16, 3));
  }

  @Test
  void gradientsThroughTimeAgreeWithFiniteDifferences() {
    checkGradients(allCells(TEXT), examples(TEXT, 16, 3));
  }

  private void checkGradients(NetworkPlan plan, Batch batch) {
    try (Network network = compile(plan)) {
      Map<String, float[]> start = network.weights();
      Map<String, float[]> gradients = gradients(network, start, batch);
      for (Parameter parameter : plan.parameters()) {
        String name = parameter.name();
        double norm = norm(gradients.get(name));
        double step = 2e-3 * Math.max(norm(start.get(name)), 1);
        // Along the gradient itself the slope is the gradient's norm.
        double up = loss(network, start, name, gradients.get(name), step / norm, batch);
        double down = loss(network, start, name, gradients.get(name), -step / norm, batch);
        double slope = (up - down) / (2 * step);
        // A bias before a batch norm has no gradient but rounding.
        assertThat(slope).as(name).isCloseTo(norm, within(0.03 * norm + 1e-4));
      }
    }
  }

  /** The gradient of a batch's loss, read from a step of rate 1 without momentum. */
  private static Map<String, float[]> gradients(
      Network network, Map<String, float[]> at, Batch batch) {
    network.load(at);
    network.step(batch, new Sgd(1, 0, 0, 0));
    Map<String, float[]> after = network.weights();
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      String name = parameter.name();
      gradients.put(name, combine(at.get(name), 1, after.get(name), -1));
    }
    return gradients;
  }

  private static double loss(
      Network network,
      Map<String, float[]> start,
      String name,
      float[] direction,
      double length,
      Batch batch) {
    network.load(start);
    network.load(Map.of(name, combine(start.get(name), 1, direction, length)));
    return network.step(batch, new Sgd(0, 0, 0, 0));
  }

  @Test
  void momentumDecayAndRateFollowTheFormula() {
    NetworkPlan plan = withoutNorm();
    Batch batch = ArraySource.patches(SMALL_ODD, 8, 3, false).batch(8);
    Sgd sgd = new Sgd(0.05, 0.9, 0.01, 0);
    try (Network network = compile(plan);
        Network other = compile(plan)) {
      Map<String, float[]> w0 = network.weights();
      network.step(batch, sgd);
      Map<String, float[]> w1 = network.weights();
      network.step(batch, sgd);
      Map<String, float[]> w2 = network.weights();
      Map<String, float[]> g0 = gradients(other, w0, batch);
      Map<String, float[]> g1 = gradients(other, w1, batch);
      for (Parameter parameter : plan.parameters()) {
        String name = parameter.name();
        float[] v0 = combine(g0.get(name), 1, w0.get(name), 0.01);
        float[] v1 = combine(combine(g1.get(name), 1, w1.get(name), 0.01), 1, v0, 0.9);
        assertClose(name, w1.get(name), combine(w0.get(name), 1, v0, -0.05));
        assertClose(name, w2.get(name), combine(w1.get(name), 1, v1, -0.05));
      }
    }
  }

  @Test
  void clipsTheNormOfTheWholeGradient() {
    NetworkPlan plan = withoutNorm();
    Batch batch = ArraySource.patches(SMALL_ODD, 8, 3, false).batch(8);
    try (Network network = compile(plan)) {
      Map<String, float[]> start = network.weights();
      Map<String, float[]> gradients = gradients(network, start, batch);
      double norm = norm(gradients);
      double limit = norm / 3;
      network.load(start);
      network.step(batch, new Sgd(1, 0, 0, limit));
      Map<String, float[]> after = network.weights();
      for (String name : gradients.keySet()) {
        assertClose(
            name, after.get(name), combine(start.get(name), 1, gradients.get(name), -1. / 3));
      }
      network.load(start);
      network.step(batch, new Sgd(1, 0, 0, norm * 2)); // below the limit nothing changes
      Map<String, float[]> free = network.weights();
      for (String name : gradients.keySet()) {
        assertClose(name, free.get(name), combine(start.get(name), 1, gradients.get(name), -1));
      }
    }
  }

  /** Nothing here moves but by the optimiser. */
  private static NetworkPlan withoutNorm() {
    PlanBuilder plan = new PlanBuilder(SMALL_ODD.input());
    int conv = plan.add("conv", new Layer.Conv(4, 3, 3, 2, 1, 1, true), plan.input());
    return plan.classifier(plan.add("relu", new Layer.Relu(), conv), SMALL_ODD.classes());
  }

  @Test
  void batchNormTrainsOnTheBatchAndRemembersItsStatistics() {
    PlanBuilder builder = new PlanBuilder(new Shape(1, 1, 2));
    int norm = builder.add("norm", new Layer.BatchNorm(), builder.input());
    NetworkPlan plan = builder.classifier(norm, 2);
    Task task = new Task(plan.input(), 2);
    float[] values = {1, 2, 3, 6}; // mean 3, squares' sum 14
    Batch batch = new ArraySource(task, values, new int[] {0, 1}, false).batch(2);
    try (Network network = compile(plan)) {
      network.step(batch, new Sgd(0, 0, 0, 0));
      Map<String, float[]> after = network.weights();
      assertThat(after.get("norm.running_mean")[0]).isCloseTo(0.1f * 3, within(1e-5f));
      assertThat(after.get("norm.running_var")[0])
          .isCloseTo(0.9f + 0.1f * 14 / 3, within(1e-5f)); // unbiased: divided by n - 1
      float[] before = infer(network, plan, batch);
      assertThat(infer(network, plan, batch)).containsExactly(before); // inference changes nothing
      assertThat(network.weights().get("norm.running_mean"))
          .containsExactly(after.get("norm.running_mean"));
    }
  }

  @Test
  void learnsASeparableProblem() {
    NetworkPlan plan = chain(SMALL_ODD, 8);
    Batch batch = ArraySource.patches(SMALL_ODD, 64, 3, false).batch(64);
    try (Network network = compile(plan)) {
      double first = network.step(batch, new Sgd(0.1, 0.9, 0, 0));
      double last = first;
      for (int i = 0; i < 60; i++) {
        last = network.step(batch, new Sgd(0.1, 0.9, 0, 0));
      }
      assertThat(first).isBetween(0.5, 3.0); // near ln 3
      assertThat(last).isLessThan(first / 4);
      ArraySource unseen = ArraySource.patches(SMALL_ODD, 200, 4, false);
      assertThat(Evaluator.score(network, unseen, 64).accuracy()).isGreaterThan(0.8);
    }
  }

  @Test
  void learnsToRememberAToken() {
    Batch batch = examples(TEXT, 1000, 3);
    for (Cell cell : Cell.values()) {
      SequenceSpace space =
          new SequenceSpace(List.of(8), List.of(cell), 1, List.of(16), List.of(0));
      NetworkPlan plan = space.decode(space.sample(new SplitMix64(0)), TEXT); // the only one
      try (Network network = compile(plan)) {
        double first = network.step(batch, new Sgd(0.3, 0.9, 0, 1));
        double last = first;
        for (int i = 0; i < 300; i++) {
          last = network.step(batch, new Sgd(0.3, 0.9, 0, 1));
        }
        assertThat(last).as(cell.label()).isLessThan(first / 4);
        ArraySource unseen = ArraySource.echoes(TEXT, 200, 4);
        assertThat(Evaluator.score(network, unseen, 64).accuracy()).isGreaterThan(0.8);
      }
    }
  }

  @Test
  void equalSeedsGiveEqualBitsAndOthersDoNot() {
    assertThat(bits(twentySteps(7))).isEqualTo(bits(twentySteps(7)));
    assertThat(bits(twentySteps(7))).isNotEqualTo(bits(twentySteps(8)));
  }

  private Map<String, float[]> twentySteps(long seed) {
    ArraySource source = ArraySource.patches(OBLONG, 32, 3, true);
    try (Network network = engine().compile(chain(OBLONG, 8), seed, 1)) {
      Batch batch = new Batch(16, 15 * 9 * 3);
      SplitMix64 random = new SplitMix64(2);
      for (int i = 0; i < 20; i++) {
        if (!source.next(batch)) {
          source.begin(random);
          source.next(batch);
        }
        network.step(batch, new Sgd(0.05, 0.9, 1e-3, 5));
      }
      return network.weights();
    }
  }

  private static List<Integer> bits(Map<String, float[]> weights) {
    List<Integer> bits = new ArrayList<>();
    for (float[] values : weights.values()) {
      for (float value : values) {
        bits.add(Float.floatToRawIntBits(value));
      }
    }
    return bits;
  }

  // --- weights ---

  @Test
  void startsWithTheInitializersWeights() {
    NetworkPlan plan = chain(OBLONG, 4);
    Map<String, float[]> expected = Initializer.weights(plan, 42);
    try (Network network = engine().compile(plan, 42, 1)) {
      Map<String, float[]> weights = network.weights();
      assertThat(weights.keySet()).containsExactlyElementsOf(expected.keySet());
      expected.forEach((name, values) -> assertThat(weights.get(name)).containsExactly(values));
    }
  }

  @Test
  void weightsCarriedToAnotherNetworkGiveTheSameLogits() {
    NetworkPlan plan = allLayers(OBLONG);
    Batch batch = ArraySource.patches(OBLONG, 8, 3, false).batch(8);
    try (Network network = compile(plan);
        Network other = engine().compile(plan, 99, 1)) {
      for (int i = 0; i < 3; i++) {
        network.step(batch, new Sgd(0.05, 0.9, 0, 0));
      }
      Map<String, float[]> weights = network.weights();
      assertThat(other.load(weights)).isEqualTo(weights.size());
      assertThat(infer(other, plan, batch)).containsExactly(infer(network, plan, batch));
    }
  }

  /** Through the blob that workers share, so that what it keeps is exact too. */
  @Test
  void goesOnFromACheckpointAsIfItHadNeverStopped() throws IOException {
    NetworkPlan plan = allLayers(OBLONG);
    Training training = new Training(3, 16, 0.05, 0.9, 1e-3, 5, Training.Augmentation.NONE, 1);
    try (Network whole = compile(plan);
        Network first = compile(plan);
        Network second = engine().compile(plan, 99, 1)) {
      List<Epoch> curve = train(whole, training, 0, 3);
      List<Epoch> parts = new ArrayList<>(train(first, training, 0, 1));
      byte[] blob = Safetensors.write(first.checkpoint(), Map.of());
      assertThat(second.restore(Safetensors.read(blob))).isTrue();
      parts.addAll(train(second, training, 1, 3));
      assertThat(parts).isEqualTo(curve);
      assertThat(bits(second.checkpoint())).isEqualTo(bits(whole.checkpoint()));
    }
  }

  /** The curve without its times. */
  private static List<Epoch> train(Network network, Training training, int trained, int until) {
    ArraySource validation = ArraySource.patches(OBLONG, 32, 4, false);
    return new Trainer(
            network, ArraySource.patches(OBLONG, 64, 3, true), Optional.of(validation), training, 5)
        .train(trained, until, progress -> {}, () -> false).curve().stream()
            .map(e -> new Epoch(e.number(), e.trainLossNats(), e.validation(), 0))
            .toList();
  }

  @Test
  void aCheckpointHoldsWeightsAndMomentum() {
    NetworkPlan plan = allLayers(OBLONG);
    Batch batch = ArraySource.patches(OBLONG, 8, 3, false).batch(8);
    try (Network network = compile(plan)) {
      network.step(batch, new Sgd(0.05, 0.9, 0, 0));
      Map<String, float[]> checkpoint = network.checkpoint();
      Map<String, float[]> weights = network.weights();
      weights.forEach((name, values) -> assertThat(checkpoint.get(name)).containsExactly(values));
      assertThat(checkpoint).hasSize(weights.size() + plan.parameters().size());
      for (Parameter parameter : plan.parameters()) {
        assertThat(checkpoint.get(parameter.name() + Network.MOMENTUM))
            .hasSize((int) parameter.elements());
      }
      assertThat(norm(checkpoint.get("logits.weight" + Network.MOMENTUM))).isPositive();
    }
  }

  @Test
  void refusesAnotherNetworksCheckpoint() {
    NetworkPlan plan = chain(OBLONG, 4);
    try (Network network = compile(plan);
        Network wider = compile(chain(OBLONG, 8))) {
      List<Integer> before = bits(network.checkpoint());
      assertThat(network.restore(wider.checkpoint())).isFalse();
      assertThat(network.restore(network.weights())).isFalse(); // no momentum
      assertThat(bits(network.checkpoint())).isEqualTo(before);
    }
  }

  @Test
  void loadsWhatFitsByNameAndSize() {
    NetworkPlan plan = chain(OBLONG, 4);
    try (Network network = compile(plan)) {
      Map<String, float[]> before = network.weights();
      String name = plan.parameters().get(0).name();
      float[] other = combine(before.get(name), 2, before.get(name), 0);
      int loaded =
          network.load(
              Map.of(
                  name,
                  other,
                  plan.parameters().get(1).name(),
                  new float[1],
                  "layer_77/conv.weight",
                  new float[3]));
      assertThat(loaded).isEqualTo(1);
      Map<String, float[]> after = network.weights();
      before.put(name, other);
      before.forEach((key, values) -> assertThat(after.get(key)).containsExactly(values));
    }
  }

  // --- scores of untrained networks ---

  /**
   * With positive weights and nothing to normalise, the sum of the outputs is linear in every
   * single weight as long as no maximum changes its place: a small difference is the derivative.
   */
  @Test
  void synflowIsTheFlowThroughAllWeights() {
    NetworkPlan plan = allLayers(OBLONG);
    double[] ones = new double[3 * 15 * 9];
    Arrays.fill(ones, 1);
    try (Network network = compile(plan)) {
      Map<String, float[]> positive = positive(network.weights());
      double flow = 0;
      for (Parameter kernel : kernels(plan)) {
        float[] values = positive.get(kernel.name());
        for (int i = 0; i < values.length; i++) {
          float value = values[i];
          values[i] = value * 1.01f;
          double up = sum(new ReferenceForward(plan, positive).logits(ones));
          values[i] = value * 0.99f;
          double down = sum(new ReferenceForward(plan, positive).logits(ones));
          values[i] = value;
          flow += Math.abs(up - down) / 0.02;
        }
      }
      assertThat(network.score(Proxy.SYNFLOW, new Batch(1, ones.length)))
          .isCloseTo(Math.log10(flow), within(1e-3));
    }
  }

  /** Absolute weights; batch norms that change nothing. */
  private static Map<String, float[]> positive(Map<String, float[]> weights) {
    Map<String, float[]> positive = new LinkedHashMap<>();
    weights.forEach(
        (name, values) -> {
          float[] sizes = new float[values.length];
          for (int i = 0; i < sizes.length; i++) {
            sizes[i] = name.equals("norm.running_var") ? 1 - 1e-5f : Math.abs(values[i]);
          }
          positive.put(name, sizes);
        });
    return positive;
  }

  @Test
  void synflowDoesNotOverflowInDeepNetworks() {
    PlanBuilder builder = new PlanBuilder(new Shape(8, 4, 4));
    int x = builder.input();
    for (int i = 0; i < 120; i++) {
      x = builder.add("conv_" + i, Layer.Conv.of(32, 3, 3, 1), x);
    }
    try (Network network = compile(builder.classifier(x, 2))) {
      // Every layer multiplies by about 32 * 5 * 0.1: beyond float32's range of 10^38.
      assertThat(network.score(Proxy.SYNFLOW, new Batch(1, 128))).isBetween(100.0, 200.0);
    }
  }

  @Test
  void naswotIsTheDeterminantOfWhatReLUsAgreeOn() {
    PlanBuilder builder = new PlanBuilder(SMALL_ODD.input());
    int conv = builder.add("conv", new Layer.Conv(3, 3, 3, 1, 1, 1, true), builder.input());
    int first = builder.add("first", new Layer.Relu(), conv);
    int more = builder.add("more", Layer.Conv.of(4, 3, 3, 2), first);
    int second = builder.add("second", new Layer.Relu(), more);
    NetworkPlan plan = builder.classifier(second, SMALL_ODD.classes());
    int images = 5;
    Batch batch = ArraySource.patches(SMALL_ODD, images, 3, false).batch(images);
    try (Network network = compile(plan)) {
      double[][] kernel = new double[images][images];
      for (int relu : new int[] {first, second}) {
        NetworkPlan part = new NetworkPlan(plan.nodes().subList(0, relu + 1));
        ReferenceForward reference = new ReferenceForward(part, network.weights());
        for (int i = 0; i < images; i++) {
          double[] one = reference.logits(image(batch, i));
          for (int j = 0; j < images; j++) {
            double[] other = reference.logits(image(batch, j));
            for (int unit = 0; unit < one.length; unit++) {
              kernel[i][j] += one[unit] > 0 == other[unit] > 0 ? 1 : 0;
            }
          }
        }
      }
      assertThat(network.score(Proxy.NASWOT, batch))
          .isCloseTo(Math.log(Math.abs(determinant(kernel))), within(1e-6));
    }
  }

  /** By expansion along the first row. */
  private static double determinant(double[][] a) {
    if (a.length == 1) {
      return a[0][0];
    }
    double sum = 0;
    for (int skipped = 0; skipped < a.length; skipped++) {
      double[][] minor = new double[a.length - 1][a.length - 1];
      for (int row = 1; row < a.length; row++) {
        for (int column = 0; column < a.length; column++) {
          if (column != skipped) {
            minor[row - 1][column < skipped ? column : column - 1] = a[row][column];
          }
        }
      }
      sum += (skipped % 2 == 0 ? 1 : -1) * a[0][skipped] * determinant(minor);
    }
    return sum;
  }

  @Test
  void naswotHasNoValueForTwoEqualImages() {
    NetworkPlan plan = chain(SMALL_ODD, 4);
    Batch batch = ArraySource.patches(SMALL_ODD, 2, 3, false).batch(2);
    for (int i = 0; i < batch.elements(); i++) {
      batch.images().put(batch.elements() + i, batch.images().get(i));
    }
    try (Network network = compile(plan)) {
      assertThat(network.score(Proxy.NASWOT, batch)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  /** The gradients themselves are checked above. */
  @Test
  void gradNormAddsTheNormsOfTheKernelsGradients() {
    NetworkPlan plan = allLayers(OBLONG);
    Batch batch = ArraySource.patches(OBLONG, 8, 3, false).batch(8);
    try (Network network = compile(plan);
        Network other = compile(plan)) {
      Map<String, float[]> gradients = gradients(other, other.weights(), batch);
      double expected = 0;
      for (Parameter kernel : kernels(plan)) {
        expected += norm(gradients.get(kernel.name()));
      }
      assertThat(network.score(Proxy.GRAD_NORM, batch))
          .isCloseTo(expected, within(1e-3 * expected));
    }
  }

  @Test
  void countsWhatThePlanCosts() {
    NetworkPlan plan = allLayers(OBLONG);
    try (Network network = compile(plan)) {
      assertThat(network.score(Proxy.PARAMS, new Batch(1, 1)))
          .isEqualTo(PlanCost.of(plan).params());
      assertThat(network.score(Proxy.FLOPS, new Batch(1, 1))).isEqualTo(PlanCost.of(plan).flops());
    }
  }

  private static List<Parameter> kernels(NetworkPlan plan) {
    return plan.parameters().stream().filter(p -> p.dimensions().size() > 1).toList();
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  // --- what goes wrong ---

  @Test
  void reportsALossThatIsNotANumber() {
    Batch batch = ArraySource.patches(SMALL_ODD, 4, 3, false).batch(4);
    batch.images().put(0, Float.NaN);
    try (Network network = compile(chain(SMALL_ODD, 4))) {
      assertThat(network.step(batch, PLAIN)).isNaN();
    }
  }

  @Test
  void refusesWeightsBeyondItsMemory() {
    NetworkPlan plan = chain(CIFAR_LIKE, 32);
    try (Engine engine = limitedTo(10_000)) {
      assertThatThrownBy(() -> engine.compile(plan, 1, 1))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.failure().category()).isEqualTo(Category.OUT_OF_MEMORY));
    }
  }

  @Test
  void refusesABatchBeyondItsMemory() {
    NetworkPlan plan = chain(CIFAR_LIKE, 32);
    Batch batch = ArraySource.patches(CIFAR_LIKE, 64, 3, false).batch(64);
    try (Engine engine = limitedTo(10_000_000);
        Network network = engine.compile(plan, 1, 1)) {
      assertThatThrownBy(() -> network.step(batch, PLAIN))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> {
                assertThat(e.failure().category()).isEqualTo(Category.OUT_OF_MEMORY);
                assertThat(e.failure().message()).contains("10.0 MB").contains("batch");
              });
    }
  }

  // --- memory ---

  @Test
  void memoryStaysFlatOverManySteps() {
    Task task = new Task(new Shape(3, 16, 16), 5);
    NetworkPlan plan = chain(task, 8);
    Batch batch = ArraySource.patches(task, 16, 3, false).batch(16);
    float[] logits = new float[16 * task.classes()];
    try (Network network = compile(plan)) {
      long before = 0;
      for (int i = 0; i < 300; i++) {
        if (i == 50) {
          before = residentBytes();
        }
        network.step(batch, new Sgd(0.01, 0.9, 0, 1));
        network.infer(batch, logits);
      }
      // Had activations been kept, it would be at least 16 * 4 bytes each a step.
      long leak = PlanCost.of(plan).activations() * 16 * Float.BYTES * 250;
      assertThat(leak).isGreaterThan(100_000_000);
      assertThat(residentBytes() - before).isLessThan(leak / 3);
    }
  }

  @Test
  void closingGivesTheMemoryBack() {
    PlanBuilder builder = new PlanBuilder(new Shape(512, 1, 1));
    int wide = builder.add("wide", new Layer.Linear(2048), builder.input());
    NetworkPlan plan =
        builder.classifier(wide, 2); // a million parameters, 12 MB with its optimiser
    compile(plan).close();
    long before = residentBytes();
    for (int i = 0; i < 30; i++) {
      compile(plan).close();
    }
    assertThat(residentBytes() - before).isLessThan(120_000_000);
  }

  private static long residentBytes() {
    try {
      String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
      return Long.parseLong(pages) * 4096;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --- helpers ---

  private static NetworkPlan chain(Task task, int filters) {
    ChainSpace space = new ChainSpace(3, List.of(3), List.of(1), List.of(filters), true);
    return space.decode(
        new Architecture("chain", List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)), task);
  }

  private static float[] combine(float[] x, double a, float[] y, double b) {
    float[] sum = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      sum[i] = (float) (a * x[i] + b * y[i]);
    }
    return sum;
  }

  private static double norm(Map<String, float[]> tensors) {
    double squares = 0;
    for (float[] values : tensors.values()) {
      squares += Math.pow(norm(values), 2);
    }
    return Math.sqrt(squares);
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private static void assertClose(String name, float[] actual, float[] expected) {
    assertThat(actual).as(name).containsExactly(expected, within(1e-5f));
  }
}
