package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.BlockFamily;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.GrowableSpace;
import dev.archipelago.protocol.space.Growth;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.StagedSpace;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.worker.data.Dataset;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.data.EvaluationBatches;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.morph.BatchStatistics;
import dev.archipelago.worker.morph.Grown;
import dev.archipelago.worker.morph.Net2Net;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That children compute what their parents do, on real images and after real training. */
class Net2NetTest {
  private static final Task TASK = new Task(new Shape(1, 28, 28), 10);
  private static final int IMAGES = 32; // a batch
  private static final Network.Sgd STILL = new Network.Sgd(0, 0, 0, 0);
  private static final StagedSpace STAGED =
      new StagedSpace(
          2,
          List.of(BlockFamily.values()),
          List.of(3, 5),
          List.of(1, 3),
          List.of(0, 4),
          List.of(16, 8, 12),
          List.of(1, 3, 2),
          List.of(14),
          8);
  private static final ChainSpace CHAIN =
      new ChainSpace(4, List.of(5, 1, 3), List.of(1, 2), List.of(4, 9, 6), true);

  private final Engine engine = TorchEngine.onCpu();
  private final Dataset images =
      new Datasets(Path.of("none")).load(new DatasetRef("fashion-mnist-mini", "", TASK, 0));

  private record Pair(NetworkPlan parent, NetworkPlan child) {}

  /** Losses of a training step on one batch. */
  private record Losses(double parent, double child) {
    double difference() {
      return Math.abs(parent - child);
    }
  }

  @Test
  void aHundredPairsKeepTheirLogitsAndTheirFirstLoss() {
    int deeper = 0;
    int wider = 0;
    for (int i = 0; i < 100; i++) {
      Pair pair = pair(i);
      Map<String, float[]> weights = trained(pair.parent(), i, 4);
      Grown grown = Net2Net.grow(pair.parent(), pair.child(), weights, i);
      float[] before = logits(pair.parent(), weights);
      String about = "pair " + i + ": " + pair.child();
      assertThat(largestChange(before, logits(pair.child(), grown.weights())))
          .as("logits of %s", about)
          .isLessThan(1e-4);
      Map<String, float[]> settled = settled(grown, 0, 1);
      assertThat(largestChange(before, logits(pair.child(), settled)))
          .as("logits of %s, settled", about)
          .isLessThan(1e-4);
      deeper += grown.inserted().isEmpty() ? 0 : 1;
      wider += isChanged(settled, grown.noisy(settled, 1, 0)) ? 1 : 0;
      assertThat(losses(pair, weights, settled, 0).difference())
          .as("the first step's loss of %s", about)
          .isLessThan(1e-4);
    }
    assertThat(deeper).as("pairs with a new plain block").isGreaterThan(10);
    assertThat(wider).as("pairs with more channels").isGreaterThan(40);
  }

  private static boolean isChanged(Map<String, float[]> before, Map<String, float[]> after) {
    return before.keySet().stream()
        .anyMatch(name -> !Arrays.equals(before.get(name), after.get(name)));
  }

  private static Pair pair(int i) {
    SplitMix64 random = SplitMix64.of(17, i);
    return switch (i % 5) {
      case 0, 1, 2 -> grown(STAGED, random);
      case 3 -> grown(CHAIN, random);
      default -> new Pair(handMade(8, 6, 3), handMade(8 + random.nextInt(9), 9, 5));
    };
  }

  private static Pair grown(GrowableSpace space, SplitMix64 random) {
    Architecture parent = space.sample(random);
    Architecture child = parent;
    int steps = 1 + random.nextInt(4);
    for (int step = 0; step < steps; step++) {
      List<Growth> growths = space.growths(child);
      if (!growths.isEmpty()) {
        child = growths.get(random.nextInt(growths.size())).of(child);
      }
    }
    return new Pair(space.decode(parent, TASK), space.decode(child, TASK));
  }

  /** Sums across layers, a concatenation of what is summed, and every layer by channels. */
  private static NetworkPlan handMade(int width, int other, int kernel) {
    PlanBuilder plan = new PlanBuilder(TASK.input());
    int small = plan.add("small", new Layer.AvgPool(4, 4), plan.input()); // [1, 7, 7]
    int first = plan.add("first", new Layer.Conv(width, 3, kernel, 1, 1, 1, true), small);
    int norm = plan.add("norm", new Layer.BatchNorm(), first);
    int active = plan.add("active", new Layer.HardSwish(), norm);
    int deep = plan.add("deep", new Layer.Conv(width, kernel, kernel, 1, 2, width, true), active);
    int between = plan.add("between", Layer.Conv.of(other, 1, kernel, 1), deep);
    int back = plan.add("back", Layer.Conv.of(width, kernel, 1, 1), between);
    int sum = plan.add("sum", new Layer.Add(), back, active, first);
    int highest = plan.add("highest", new Layer.MaxPool(3, 1), sum);
    int joined = plan.add("joined", new Layer.Concat(), highest, between, highest);
    int mean = plan.add("mean", new Layer.GlobalAvgPool(), joined);
    int squeezed = plan.add("squeezed", new Layer.Linear(other), mean);
    int channels = plan.shape(joined).channels();
    int projected = plan.add("projected", Layer.Conv.of(channels, 1, 1, 1), joined);
    int again = plan.add("again", new Layer.Add(), projected, joined);
    int excited = plan.add("excited", new Layer.Linear(channels), squeezed);
    int gate = plan.add("gate", new Layer.Sigmoid(), excited);
    int scaled = plan.add("scaled", new Layer.Scale(), again, gate);
    int rectified = plan.add("rectified", new Layer.Relu(), scaled);
    int flat = plan.add("flat", new Layer.Flatten(), rectified);
    plan.add("logits", new Layer.Linear(TASK.classes()), flat);
    return plan.build();
  }

  @Test
  void aPlainBlockKeepsTheFirstLossOnlyWithMeasuredStatistics() {
    StagedSpace space =
        new StagedSpace(
            2,
            List.of(BlockFamily.PLAIN),
            List.of(3),
            List.of(1),
            List.of(0),
            List.of(8),
            List.of(1, 2),
            List.of(14),
            8);
    NetworkPlan parent = space.decode(space.smallest(), TASK);
    NetworkPlan child =
        space.decode(space.growths(space.smallest()).get(1).of(space.smallest()), TASK);
    Map<String, float[]> weights = trained(parent, 3, 30);
    Grown grown = Net2Net.grow(parent, child, weights, 3);
    assertThat(grown.inserted()).containsExactly("stage_1/block_1/plain/norm");
    Pair pair = new Pair(parent, child);
    double blind = losses(pair, weights, grown.weights(), 40).difference();
    double measured = losses(pair, weights, settled(grown, 0, 8), 40).difference();
    assertThat(measured).isLessThan(0.01); // other images than were measured
    assertThat(blind).isGreaterThan(3 * measured);
  }

  @Test
  void noiseChangesTheFunction() {
    NetworkPlan parent = handMade(8, 6, 3);
    NetworkPlan child = handMade(11, 9, 3);
    Map<String, float[]> weights = trained(parent, 5, 4);
    Grown grown = Net2Net.grow(parent, child, weights, 5);
    float[] before = logits(parent, weights);
    Map<String, float[]> noisy = grown.noisy(grown.weights(), 0.05, 1);
    double change = largestChange(before, logits(child, noisy));
    assertThat(change).isBetween(1e-4, 1.0);
    assertThat(largestChange(before, logits(child, grown.noisy(grown.weights(), 0, 1))))
        .isLessThan(1e-4);
  }

  private Map<String, float[]> settled(Grown grown, int first, int batches) {
    BatchSource source = source(first, batches * IMAGES);
    return BatchStatistics.settle(grown, engine, 1, source, new SplitMix64(0), IMAGES, batches);
  }

  /** Images of the training set in their order. */
  private BatchSource source(int first, int count) {
    int[] all = IntStream.range(0, 10_000).toArray();
    return new EvaluationBatches(
        images.train(), IntStream.range(first, first + count).toArray(), images.normalization(all));
  }

  private Batch batch(int first) {
    Batch batch = new Batch(IMAGES, Math.toIntExact(TASK.input().elements()));
    BatchSource source = source(first, IMAGES);
    source.begin(new SplitMix64(0));
    assertThat(source.next(batch)).isTrue();
    return batch;
  }

  /** Weights and statistics that are not a fresh network's. */
  private Map<String, float[]> trained(NetworkPlan plan, long seed, int steps) {
    try (Network network = engine.compile(plan, seed, 1)) {
      for (int step = 0; step < steps; step++) {
        network.step(batch(1000 + step * IMAGES), new Network.Sgd(0.05, 0.9, 0, 1));
      }
      return network.weights();
    }
  }

  private float[] logits(NetworkPlan plan, Map<String, float[]> weights) {
    try (Network network = engine.compile(plan, 99, 1)) {
      assertThat(network.load(weights)).isEqualTo(weights.size());
      float[] logits = new float[IMAGES * TASK.classes()]; // [N, classes]
      network.infer(batch(9000), logits);
      return logits;
    }
  }

  private Losses losses(
      Pair pair, Map<String, float[]> parent, Map<String, float[]> child, int first) {
    return new Losses(loss(pair.parent(), parent, first), loss(pair.child(), child, first));
  }

  private double loss(NetworkPlan plan, Map<String, float[]> weights, int first) {
    try (Network network = engine.compile(plan, 98, 1)) {
      network.load(weights);
      return network.step(batch(first), STILL);
    }
  }

  private static double largestChange(float[] before, float[] after) {
    double largest = 0;
    for (int i = 0; i < before.length; i++) {
      largest = Math.max(largest, Math.abs((double) before[i] - after[i]));
    }
    return largest;
  }
}
