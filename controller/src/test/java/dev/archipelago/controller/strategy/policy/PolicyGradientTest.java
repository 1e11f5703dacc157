package dev.archipelago.controller.strategy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients of {@link PolicyNetwork} against central differences, weight by weight. */
class PolicyGradientTest {
  private static final double STEP = 1e-5;

  static Stream<SearchSpace> spaces() {
    return Stream.of(
        new ChainSpace(5, List.of(1, 3, 5), List.of(1, 2), List.of(8, 16, 32, 64), true),
        new ChainSpace(3, List.of(3, 5), List.of(1), List.of(8, 16), false),
        new CellSpace(
            2, List.of(Operation.SKIP_CONNECT, Operation.CONV_1X1, Operation.CONV_3X3), 2, 1, 8));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void logProbability(SearchSpace space) {
    check(space, 1.7, 0);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void entropy(SearchSpace space) {
    check(space, 0, 0.6);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void bothTogether(SearchSpace space) {
    check(space, -0.8, 0.3);
  }

  private static void check(SearchSpace space, double advantage, double entropyWeight) {
    for (int layers = 1; layers <= 2; layers++) {
      PolicyNetwork network = new PolicyNetwork(space.decisions(), 5, layers);
      SplitMix64 random = SplitMix64.of(42, layers);
      double[] weights = network.initialWeights(random, 0.7);
      int[] values = network.sample(weights, random);
      double[] exact = new double[weights.length];
      network.addGradient(weights, values, advantage, entropyWeight, exact);
      double[] estimate = new double[weights.length];
      for (int i = 0; i < weights.length; i++) {
        double before = weights[i];
        weights[i] = before + STEP;
        double up = loss(network.likelihood(weights, values), advantage, entropyWeight);
        weights[i] = before - STEP;
        double down = loss(network.likelihood(weights, values), advantage, entropyWeight);
        weights[i] = before;
        estimate[i] = (up - down) / (2 * STEP);
      }
      for (Layout.Block block : network.layout().blocks()) {
        assertThat(relativeError(block, exact, estimate))
            .as("%s of %d layers on %s", block.name(), layers, space)
            .isLessThan(1e-6);
      }
    }
  }

  /** What is given is read, and has neither a probability nor a gradient of its own. */
  @ParameterizedTest
  @MethodSource("spaces")
  void whereSomeDecisionsAreGiven(SearchSpace space) {
    PolicyNetwork network = new PolicyNetwork(space.decisions(), 5, 2);
    SplitMix64 random = SplitMix64.of(42, 3);
    double[] weights = network.initialWeights(random, 0.7);
    int[] values = network.sample(weights, random);
    BitSet given = new BitSet();
    for (int decision = 0; decision < values.length; decision += 2) {
      given.set(decision);
    }
    int[] completed = values.clone();
    network.complete(weights, completed, given, random);
    given.stream().forEach(d -> assertThat(completed[d]).isEqualTo(values[d]));
    assertThat(completed).isNotEqualTo(values);
    double[] exact = new double[weights.length];
    network.addGradient(weights, values, given, 1.7, 0, exact);
    double[] estimate = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      double before = weights[i];
      weights[i] = before + STEP;
      double up = -1.7 * free(network, weights, values, given);
      weights[i] = before - STEP;
      double down = -1.7 * free(network, weights, values, given);
      weights[i] = before;
      estimate[i] = (up - down) / (2 * STEP);
    }
    for (Layout.Block block : network.layout().blocks()) {
      assertThat(relativeError(block, exact, estimate)).as(block.name()).isLessThan(1e-6);
    }
    double[] byEntropy = new double[weights.length];
    network.addGradient(weights, values, allOf(values), 1.7, 0.6, byEntropy);
    assertThat(byEntropy).containsOnly(0);
  }

  private static BitSet allOf(int[] values) {
    BitSet all = new BitSet();
    all.set(0, values.length);
    return all;
  }

  /** Log probability of what is not given, each from the whole network's own numbers. */
  private static double free(PolicyNetwork network, double[] weights, int[] values, BitSet given) {
    double[] logs = network.logProbabilities(weights, values);
    double sum = 0;
    for (int decision = 0; decision < logs.length; decision++) {
      sum += given.get(decision) ? 0 : logs[decision];
    }
    return sum;
  }

  private static double loss(
      PolicyNetwork.Likelihood likelihood, double advantage, double entropyWeight) {
    return -(advantage * likelihood.logProbability() + entropyWeight * likelihood.entropy());
  }

  /** Norm of the difference over the norm of the estimate; nothing to nothing is exact. */
  private static double relativeError(Layout.Block block, double[] exact, double[] estimate) {
    double difference = 0;
    double size = 0;
    for (int i = block.offset(); i < block.offset() + block.length(); i++) {
      difference += (exact[i] - estimate[i]) * (exact[i] - estimate[i]);
      size += estimate[i] * estimate[i];
    }
    return difference == 0 ? 0 : Math.sqrt(difference / size);
  }
}
