package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.Readings.image;
import static dev.archipelago.worker.engine.Readings.infer;
import static dev.archipelago.worker.engine.SamplePlans.CIFAR_LIKE;
import static dev.archipelago.worker.engine.SamplePlans.OBLONG;
import static dev.archipelago.worker.engine.SamplePlans.TASKS;
import static dev.archipelago.worker.engine.SamplePlans.allLayers;
import static dev.archipelago.worker.engine.SamplePlans.allOnVectors;
import static dev.archipelago.worker.engine.SamplePlans.dealt;
import static dev.archipelago.worker.engine.SamplePlans.examples;
import static dev.archipelago.worker.engine.SamplePlans.gated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Activation;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.BlockFamily;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.MlpSpace;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.StagedSpace;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a network computes: the oracle is {@link ReferenceForward}, on a sample of every space and
 * on every layer.
 */
interface ForwardContract extends EngineUnderTest {
  @Test
  default void computesWhatEveryPlanOfTheChainSpaceMeans() {
    ChainSpace space = new ChainSpace(4, List.of(1, 3, 5), List.of(1, 2, 3), List.of(4, 6), true);
    for (Sample sample : samples(space, 20)) {
      checkAgainstReference(sample);
    }
  }

  @Test
  default void computesWhatEveryPlanOfTheCellSpaceMeans() {
    CellSpace space = new CellSpace(3, List.of(Operation.values()), 3, 1, 4);
    for (Sample sample : samples(space, 20)) {
      checkAgainstReference(sample);
    }
  }

  @Test
  default void computesWhatEveryLayerMeans() {
    checkAgainstReference(new Sample("all layers", allLayers(OBLONG), OBLONG));
    checkAgainstReference(new Sample("dealt", dealt(OBLONG), OBLONG));
    checkAgainstReference(new Sample("all on vectors", allOnVectors(OBLONG), OBLONG));
  }

  @Test
  default void computesWhatEveryPlanOfTheMlpSpaceMeans() {
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
  default void computesWhatEveryPlanOfNasBench201Means() {
    for (Sample sample : samples(new NasBench201Space(4, 1), 20)) {
      checkAgainstReference(sample);
    }
    NetworkPlan dead =
        new NasBench201Space(4, 1)
            .decode(new Architecture("nasbench201", Collections.nCopies(6, 0)), OBLONG);
    checkAgainstReference(new Sample("a cell without a path", dead, OBLONG));
  }

  @Test
  default void computesWhatEveryPlanOfTheStagedSpaceMeans() {
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
  default void computesWhatEveryGateAndEveryResizeMeans() {
    checkAgainstReference(new Sample("gated", gated(OBLONG), OBLONG));
    checkAgainstReference(new Sample("gated", gated(CIFAR_LIKE), CIFAR_LIKE));
  }

  record Sample(String name, NetworkPlan plan, Task task) {}

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
  default void checkAgainstReference(Sample sample) {
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
              .isCloseTo(expected[j], within(1e-4 * (1 + Math.abs(expected[j]))));
        }
      }
    }
  }

  @Test
  default void readsOnlyAsManyExamplesAsTheBatchSays() {
    NetworkPlan plan = allLayers(OBLONG);
    try (Network network = compile(plan)) {
      ArraySource source = ArraySource.patches(OBLONG, 8, 5, false);
      Batch batch = source.batch(8);
      float[] all = infer(network, plan, batch);
      batch.size(2);
      float[] two = infer(network, plan, batch);
      assertThat(two).containsExactly(Arrays.copyOf(all, two.length), within(1e-5f));
      assertThat(network.step(batch, new Sgd(0.1, 0, 0, 0))).isFinite();
    }
  }
}
