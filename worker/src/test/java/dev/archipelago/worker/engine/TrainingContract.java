package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.Readings.assertClose;
import static dev.archipelago.worker.engine.Readings.bits;
import static dev.archipelago.worker.engine.Readings.combine;
import static dev.archipelago.worker.engine.Readings.gradients;
import static dev.archipelago.worker.engine.Readings.infer;
import static dev.archipelago.worker.engine.Readings.norm;
import static dev.archipelago.worker.engine.SamplePlans.OBLONG;
import static dev.archipelago.worker.engine.SamplePlans.SMALL_ODD;
import static dev.archipelago.worker.engine.SamplePlans.allLayers;
import static dev.archipelago.worker.engine.SamplePlans.allOnVectors;
import static dev.archipelago.worker.engine.SamplePlans.chain;
import static dev.archipelago.worker.engine.SamplePlans.dealt;
import static dev.archipelago.worker.engine.SamplePlans.examples;
import static dev.archipelago.worker.engine.SamplePlans.gated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a network learns: the oracle for gradients is finite differences of its own loss. */
interface TrainingContract extends EngineUnderTest {
  @Test
  default void gradientsAgreeWithFiniteDifferences() {
    checkGradients(allLayers(OBLONG), examples(OBLONG, 16, 3));
    checkGradients(dealt(OBLONG), examples(OBLONG, 16, 3));
    checkGradients(allOnVectors(OBLONG), examples(OBLONG, 16, 3));
  }

  @Test
  default void gradientsThroughGatesAndResizesAgreeWithFiniteDifferences() {
    checkGradients(gated(OBLONG), examples(OBLONG, 16, 3));
  }

  /** All parameters' gradients of a batch's loss. */
  default void checkGradients(NetworkPlan plan, Batch batch) {
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
  default void momentumDecayAndRateFollowTheFormula() {
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
  default void clipsTheNormOfTheWholeGradient() {
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
  default void batchNormTrainsOnTheBatchAndRemembersItsStatistics() {
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
  default void learnsASeparableProblem() {
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
      assertThat(Evaluator.score(network::infer, unseen, 64).accuracy()).isGreaterThan(0.8);
    }
  }

  @Test
  default void equalSeedsGiveEqualBitsAndOthersDoNot() {
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

  @Test
  default void reportsALossThatIsNotANumber() {
    Batch batch = ArraySource.patches(SMALL_ODD, 4, 3, false).batch(4);
    batch.images().put(0, Float.NaN);
    try (Network network = compile(chain(SMALL_ODD, 4))) {
      assertThat(network.step(batch, new Sgd(0.1, 0, 0, 0))).isNaN();
    }
  }
}
