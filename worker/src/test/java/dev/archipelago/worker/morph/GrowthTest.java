package dev.archipelago.worker.morph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import dev.archipelago.worker.engine.Initializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** What grows and what does not; that the function stays is shown on an engine, by Net2NetTest. */
class GrowthTest {
  private static final Task SMALL = new Task(new Shape(3, 16, 16), 4);
  private static final Task LARGE = new Task(new Shape(1, 72, 80), 4);

  @Test
  void everyGrowthOfASpaceIsOne() {
    StagedSpace staged =
        new StagedSpace(
            2,
            List.of(BlockFamily.values()),
            List.of(5, 3),
            List.of(1, 2),
            List.of(0, 4),
            List.of(16, 8, 4),
            List.of(3, 1),
            List.of(0, 8),
            8);
    ChainSpace chain = new ChainSpace(4, List.of(3, 1), List.of(1, 2), List.of(6, 4, 5), true);
    for (GrowableSpace space : List.of(staged, chain)) {
      for (Task task : List.of(SMALL, LARGE)) {
        SplitMix64 random = new SplitMix64(3);
        int grown = 0;
        for (int i = 0; i < 40; i++) {
          Architecture architecture = space.sample(random);
          for (Growth growth : space.growths(architecture)) {
            NetworkPlan parent = space.decode(architecture, task);
            NetworkPlan child = space.decode(growth.of(architecture), task);
            Map<String, float[]> weights =
                Net2Net.grow(parent, child, Initializer.weights(parent, 1), 2).weights();
            assertThat(weights.keySet())
                .containsExactlyElementsOf(Initializer.weights(child, 1).keySet());
            grown++;
          }
        }
        assertThat(grown).isGreaterThan(60);
      }
    }
  }

  @Test
  void copiesShareWhatTheyGive() {
    NetworkPlan parent = net(conv(2, 1), 3);
    NetworkPlan child = net(conv(5, 1), 3);
    Map<String, float[]> weights = Initializer.weights(parent, 1);
    Grown grown = Net2Net.grow(parent, child, weights, 4);
    double before = sum(weights, "head/linear.weight");
    assertThat(sum(grown.weights(), "head/linear.weight")).isCloseTo(before, within(1e-5));
    assertThat(grown.inserted()).isEmpty();
    assertThat(Net2Net.grow(parent, child, weights, 4).weights().get("conv.weight"))
        .isEqualTo(grown.weights().get("conv.weight"));
  }

  private static double sum(Map<String, float[]> weights, String name) {
    double sum = 0;
    for (float value : weights.getOrDefault(name, new float[] {Float.NaN})) {
      sum += value;
    }
    return sum;
  }

  @Test
  void refusesWhatShrinksByName() {
    refused(net(conv(4, 3), 3), net(conv(3, 3), 3), "conv");
    refused(net(conv(4, 3), 3), net(conv(4, 1), 3), "conv");
    refused(net(conv(4, 3), 3), net(new Layer.Conv(4, 3, 3, 2, 1, 1, false), 3), "conv");
    refused(net(conv(4, 3), 3), net(conv(4, 3), 4), "head/linear");
    refused(net(plan -> plan.add("more", conv(4, 3), 1)), net(plan -> 1), "more");
  }

  @Test
  void refusesWhatIsNewAndChangesTheFunction() {
    NetworkPlan parent = net(plan -> 1);
    refused(parent, net(plan -> plan.add("new", new Layer.Relu(), 1)), "new"); // negative values
    refused(parent, net(plan -> plan.add("new", new Layer.MaxPool(3, 1), 1)), "new");
    refused(
        parent, net(plan -> plan.add("new", new Layer.Conv(4, 3, 3, 1, 1, 4, false), 1)), "new");
    refused(
        parent,
        net(
            plan -> {
              int branch = plan.add("branch", conv(4, 3), 1);
              return plan.add("sum", new Layer.Add(), branch, 1);
            }),
        "sum"); // nothing makes the branch zero
    refused(parent, net(plan -> plan.add("twice", new Layer.Add(), 1, 1)), "twice");
  }

  @Test
  void refusesWeightsOfAnotherNetwork() {
    NetworkPlan parent = net(conv(4, 3), 3);
    Map<String, float[]> weights = new HashMap<>(Initializer.weights(parent, 1));
    weights.put("conv.weight", new float[3]);
    assertThatThrownBy(() -> Net2Net.grow(parent, parent, weights, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conv.weight");
    weights.remove("conv.weight");
    assertThatThrownBy(() -> Net2Net.grow(parent, parent, weights, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conv.weight");
  }

  private static void refused(NetworkPlan parent, NetworkPlan child, String node) {
    assertThatThrownBy(() -> Net2Net.grow(parent, child, Initializer.weights(parent, 1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(node + ": ");
  }

  private static Layer.Conv conv(int filters, int kernel) {
    return Layer.Conv.of(filters, kernel, kernel, 1);
  }

  private static NetworkPlan net(Layer.Conv conv, int classes) {
    PlanBuilder plan = new PlanBuilder(SMALL.input());
    return plan.classifier(plan.add("conv", conv, plan.input()), classes);
  }

  /** A convolution, what is added behind it, a classifier on the last node. */
  private static NetworkPlan net(ToIntFunction<PlanBuilder> behind) {
    PlanBuilder plan = new PlanBuilder(SMALL.input());
    plan.add("conv", conv(4, 3), plan.input());
    return plan.classifier(behind.applyAsInt(plan), 3);
  }
}
