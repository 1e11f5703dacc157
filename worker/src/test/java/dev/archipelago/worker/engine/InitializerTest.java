package dev.archipelago.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static NetworkPlan plan() {
    PlanBuilder plan = new PlanBuilder(new Shape(16, 8, 8));
    int conv = plan.add("conv", new Layer.Conv(64, 3, 5, 1, 1, 2, true), plan.input());
    int norm = plan.add("norm", new Layer.BatchNorm(), conv);
    return plan.classifier(norm, 100);
  }

  private final Map<String, float[]> weights = Initializer.weights(plan(), 1);

  @Test
  void followsHeForConvolutions() {
    float[] weight = weights.get("conv.weight"); // [64, 8, 3, 5]
    assertThat(mean(weight, 1)).isCloseTo(0, within(0.01));
    assertThat(mean(weight, 2)).isCloseTo(2. / (8 * 3 * 5), within(0.001));
    assertThat(mean(weight, 4) / Math.pow(mean(weight, 2), 2)).isCloseTo(3, within(0.15)); // normal
  }

  @Test
  void startsTheClassifierAtUnitVariance() {
    assertThat(mean(weights.get("head/linear.weight"), 2)).isCloseTo(1. / 64, within(0.001));
  }

  @Test
  void startsTheRestAtRest() {
    assertThat(weights.get("conv.bias")).hasSize(64).containsOnly(0);
    assertThat(weights.get("norm.weight")).hasSize(64).containsOnly(1);
    assertThat(weights.get("norm.bias")).containsOnly(0);
    assertThat(weights.get("norm.running_mean")).containsOnly(0);
    assertThat(weights.get("norm.running_var")).containsOnly(1);
    assertThat(weights.get("head/linear.bias")).hasSize(100).containsOnly(0);
  }

  @Test
  void followsTorchForTextLayers() {
    PlanBuilder plan = new PlanBuilder(new Shape(1, 5, 1));
    int embedded = plan.add("embedding", new Layer.Embedding(60, 20), plan.input());
    plan.add("lstm", new Layer.Recurrent(Cell.LSTM, 25, false), embedded);
    Map<String, float[]> fresh = Initializer.weights(plan.build(), 1);
    assertThat(mean(fresh.get("embedding.weight"), 2)).isCloseTo(1, within(0.1));
    for (String role : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
      float[] values = fresh.get("lstm." + role);
      double largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(largest).as(role).isBetween(0.18, 1 / Math.sqrt(25) + 1e-6);
      assertThat(mean(values, 2)).as(role).isCloseTo(1.0 / 25 / 3, within(0.004)); // uniform
    }
  }

  @Test
  void namesEverythingInThePlansOrder() {
    assertThat(weights.keySet())
        .containsExactly(
            "conv.weight",
            "conv.bias",
            "norm.weight",
            "norm.bias",
            "norm.running_mean",
            "norm.running_var",
            "head/linear.weight",
            "head/linear.bias");
  }

  @Test
  void dependsOnTheSeedAlone() {
    String name = "conv.weight";
    assertThat(Initializer.weights(plan(), 1).get(name)).containsExactly(weights.get(name));
    assertThat(Initializer.weights(plan(), 2).get(name)).isNotEqualTo(weights.get(name));
  }

  private static double mean(float[] values, int power) {
    double sum = 0;
    for (float value : values) {
      sum += Math.pow(value, power);
    }
    return sum / values.length;
  }
}
