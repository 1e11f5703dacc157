package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.Readings.gradients;
import static dev.archipelago.worker.engine.Readings.image;
import static dev.archipelago.worker.engine.Readings.norm;
import static dev.archipelago.worker.engine.SamplePlans.OBLONG;
import static dev.archipelago.worker.engine.SamplePlans.SMALL_ODD;
import static dev.archipelago.worker.engine.SamplePlans.allLayers;
import static dev.archipelago.worker.engine.SamplePlans.chain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.trial.Proxy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scores of untrained networks that need their insides, against the same in plain loops. */
interface ProxyContract extends EngineUnderTest {
  /**
   * With positive weights and nothing to normalise, the sum of the outputs is linear in every
   * single weight as long as no maximum changes its place: a small difference is the derivative.
   */
  @Test
  default void synflowIsTheFlowThroughAllWeights() {
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
  default void synflowDoesNotOverflowInDeepNetworks() {
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
  default void naswotIsTheDeterminantOfWhatReLUsAgreeOn() {
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
  default void naswotHasNoValueForTwoEqualImages() {
    NetworkPlan plan = chain(SMALL_ODD, 4);
    Batch batch = ArraySource.patches(SMALL_ODD, 2, 3, false).batch(2);
    for (int i = 0; i < batch.elements(); i++) {
      batch.images().put(batch.elements() + i, batch.images().get(i));
    }
    try (Network network = compile(plan)) {
      assertThat(network.score(Proxy.NASWOT, batch)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  /** The gradients themselves are checked by {@link TrainingContract}. */
  @Test
  default void gradNormAddsTheNormsOfTheKernelsGradients() {
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

  private static List<Parameter> kernels(NetworkPlan plan) {
    return plan.parameters().stream().filter(p -> p.dimensions().size() > 1).toList();
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
