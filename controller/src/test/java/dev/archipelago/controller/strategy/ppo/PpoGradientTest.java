package dev.archipelago.controller.strategy.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient of a batch's clipped objective with its entropy against central differences, weight
 * by weight, at weights that are some way from those that wrote the batch: some of its decisions
 * are clipped, others not.
 */
class PpoGradientTest {
  private static final double STEP = 1e-5;
  private static final double CLIP = 0.2;
  private static final double ENTROPY = 0.3;

  static Stream<SearchSpace> spaces() {
    return Stream.of(
        new ChainSpace(5, List.of(1, 3, 5), List.of(1, 2), List.of(8, 16, 32, 64), true),
        new ChainSpace(3, List.of(3, 5), List.of(1), List.of(8, 16), false),
        new CellSpace(
            2, List.of(Operation.SKIP_CONNECT, Operation.CONV_1X1, Operation.CONV_3X3), 2, 1, 8));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void isThatOfTheObjective(SearchSpace space) {
    PolicyNetwork network = new PolicyNetwork(space.decisions(), 5, 2);
    SplitMix64 random = new SplitMix64(42);
    double[] then = network.initialWeights(random, 0.7);
    List<Rollout> batch = new ArrayList<>();
    for (double advantage : new double[] {1.7, -0.8, 0, 3}) {
      int[] values = network.sample(then, random);
      Architecture architecture = Architecture.of(space.kind(), values);
      List<Double> logs = DoubleStream.of(network.logProbabilities(then, values)).boxed().toList();
      batch.add(new Rollout(architecture, logs, advantage));
    }
    double[] weights = then.clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] += 0.5 * (2 * random.nextDouble() - 1);
    }
    ClippedBatch objective = new ClippedBatch(batch, CLIP, ENTROPY);
    assertThat(someAreClipped(batch, network, weights)).isTrue();

    double[] exact = objective.gradient(network, weights);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < weights.length; i++) {
      double before = weights[i];
      weights[i] = before + STEP;
      double up = loss(batch, network, weights);
      weights[i] = before - STEP;
      double down = loss(batch, network, weights);
      weights[i] = before;
      double estimate = (up - down) / (2 * STEP);
      difference += (exact[i] - estimate) * (exact[i] - estimate);
      size += estimate * estimate;
    }
    assertThat(Math.sqrt(difference / size)).as("on %s", space).isLessThan(1e-6);
  }

  /** The objective as the paper writes it, without the product's code for it. */
  private static double loss(List<Rollout> batch, PolicyNetwork network, double[] weights) {
    double sum = 0;
    for (Rollout rollout : batch) {
      double[] now = network.logProbabilities(weights, values(rollout));
      for (int i = 0; i < now.length; i++) {
        double ratio = Math.exp(now[i] - rollout.logProbabilities().get(i));
        double cut = Math.min(Math.max(ratio, 1 - CLIP), 1 + CLIP);
        sum += Math.min(ratio * rollout.advantage(), cut * rollout.advantage());
      }
      sum += ENTROPY * network.likelihood(weights, values(rollout)).entropy();
    }
    return -sum / batch.size();
  }

  /** Decisions for which the objective is flat, and others, are both among the batch's. */
  private static boolean someAreClipped(
      List<Rollout> batch, PolicyNetwork network, double[] weights) {
    int flat = 0;
    int steep = 0;
    for (Rollout rollout : batch) {
      double[] now = network.logProbabilities(weights, values(rollout));
      for (int i = 0; i < now.length; i++) {
        double gain = Math.exp(now[i] - rollout.logProbabilities().get(i)) - 1;
        boolean over = rollout.advantage() > 0 ? gain > CLIP : gain < -CLIP;
        flat += over ? 1 : 0;
        steep += over || rollout.advantage() == 0 ? 0 : 1;
      }
    }
    return flat > 0 && steep > 0;
  }

  private static int[] values(Rollout rollout) {
    return rollout.architecture().toArray();
  }
}
