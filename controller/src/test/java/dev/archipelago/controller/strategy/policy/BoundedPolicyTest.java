package dev.archipelago.controller.strategy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounded scores and the skips' target, with their gradients against central differences. */
class BoundedPolicyTest {
  private static final double STEP = 1e-5;
  private static final Bounds BOUNDS = new Bounds(1.5, 2.5);
  private static final ChainSpace CHAIN =
      new ChainSpace(5, List.of(1, 3, 5), List.of(1, 2), List.of(8, 16), true);

  static Stream<SearchSpace> spaces() {
    return Stream.of(
        CHAIN,
        new ChainSpace(3, List.of(3, 5), List.of(1), List.of(8, 16), false),
        new CellSpace(
            2, List.of(Operation.SKIP_CONNECT, Operation.CONV_1X1, Operation.CONV_3X3), 2, 1, 8));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void gradientIsThatOfTheObjective(SearchSpace space) {
    PolicyNetwork network = new PolicyNetwork(space.decisions(), 5, 1, BOUNDS);
    SplitMix64 random = new SplitMix64(42);
    double[] weights = network.initialWeights(random, 0.7);
    int[] values = network.sample(weights, random);
    Regularization regularization = new Regularization(0.3, 0.8, 0.4);
    double[] exact = new double[weights.length];
    network.addGradient(weights, values, -0.8, regularization, exact);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < weights.length; i++) {
      double before = weights[i];
      weights[i] = before + STEP;
      double up = loss(network, space, weights, values);
      weights[i] = before - STEP;
      double down = loss(network, space, weights, values);
      weights[i] = before;
      double estimate = (up - down) / (2 * STEP);
      difference += (exact[i] - estimate) * (exact[i] - estimate);
      size += estimate * estimate;
    }
    assertThat(Math.sqrt(difference / size)).as("on %s", space).isLessThan(1e-6);
  }

  /** As the paper and its code write it, from nothing but the probabilities. */
  private static double loss(
      PolicyNetwork network, SearchSpace space, double[] weights, int[] values) {
    PolicyNetwork.Likelihood likelihood = network.likelihood(weights, values);
    double[] logs = network.logProbabilities(weights, values);
    double divergence = 0;
    for (int i = 0; i < values.length; i++) {
      if (space.decisions().get(i) instanceof Decision.Skip) {
        double p = values[i] == 1 ? Math.exp(logs[i]) : 1 - Math.exp(logs[i]);
        divergence += p * Math.log(p / 0.4) + (1 - p) * Math.log((1 - p) / 0.6);
      }
    }
    int layers = 3; // of the chain's five, those that may skip
    return 0.8 * likelihood.logProbability()
        - 0.3 * likelihood.entropy()
        + 0.8 * divergence / layers;
  }

  @Test
  void noChoiceIsSurerThanItsBoundAllows() {
    SearchSpace space = new EdgeSpace();
    PolicyNetwork network = new PolicyNetwork(space.decisions(), 5, 1, BOUNDS);
    double[] weights = network.initialWeights(new SplitMix64(1), 50);
    double most = Math.exp(0.6) / (Math.exp(0.6) + 4 * Math.exp(-0.6)); // c = 1.5 / 2.5
    double[] logs = network.logProbabilities(weights, network.settle(weights));
    for (double log : logs) {
      assertThat(Math.exp(log)).isLessThanOrEqualTo(most + 1e-12);
    }
  }

  @Test
  void drawsSkipsAsOftenAsItIsPulledTo() {
    PolicyNetwork network = new PolicyNetwork(CHAIN.decisions(), 8, 1, BOUNDS);
    Hyperparameters learning = new Hyperparameters(0.02, 8, 1, 0, 0.9, 0.08, 0.9, 0.999);
    Weights weights = learning.first(network, 3);
    SplitMix64 random = new SplitMix64(7);
    for (int update = 0; update < 200; update++) {
      double[] gradient = new double[weights.values().length];
      int[] values = network.sample(weights.values(), random);
      network.addGradient(weights.values(), values, 0, new Regularization(0, 0.8, 0.3), gradient);
      weights = learning.step(weights, gradient);
    }
    int skips = 0;
    int taken = 0;
    for (int n = 0; n < 500; n++) {
      int[] values = network.sample(weights.values(), random);
      for (int i = 0; i < values.length; i++) {
        boolean skip = CHAIN.decisions().get(i) instanceof Decision.Skip;
        skips += skip ? 1 : 0;
        taken += skip ? values[i] : 0;
      }
    }
    assertThat((double) taken / skips).isCloseTo(0.3, within(0.03));
  }

  @Test
  void settlesForTheLikeliestValues() {
    PolicyNetwork network = new PolicyNetwork(CHAIN.decisions(), 5, 1);
    double[] weights = network.initialWeights(new SplitMix64(5), 2);
    int[] settled = network.settle(weights);
    double[] logs = network.logProbabilities(weights, settled);
    for (int i = 0; i < settled.length; i++) {
      int[] other = settled.clone();
      other[i] = (other[i] + 1) % CHAIN.decisions().get(i).cardinality();
      assertThat(network.logProbabilities(weights, other)[i]).isLessThanOrEqualTo(logs[i]);
    }
  }
}
