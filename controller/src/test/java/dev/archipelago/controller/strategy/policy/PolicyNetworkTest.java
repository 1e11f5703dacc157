package dev.archipelago.controller.strategy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Decision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyNetworkTest {
  private static final List<Decision> SMALL =
      new ChainSpace(3, List.of(3), List.of(1, 2), List.of(8, 16), true).decisions();

  @Test
  void probabilitiesOfAllArchitecturesSumToOne() {
    PolicyNetwork network = new PolicyNetwork(SMALL, 6, 2);
    double[] weights = network.initialWeights(new SplitMix64(1), 1.0);
    double sum = 0;
    double entropy = 0;
    int[] values = new int[SMALL.size()];
    do {
      PolicyNetwork.Likelihood likelihood = network.likelihood(weights, values);
      double probability = Math.exp(likelihood.logProbability());
      sum += probability;
      entropy += probability * (likelihood.entropy() + likelihood.logProbability());
    } while (next(values));
    assertThat(sum).isCloseTo(1, within(1e-12));
    // The chain rule: the mean of the steps' entropies is the entropy of the whole.
    assertThat(entropy).isCloseTo(0, within(1e-12));
  }

  @Test
  void drawsAsOftenAsItSays() {
    PolicyNetwork network = new PolicyNetwork(SMALL, 6, 1);
    double[] weights = network.initialWeights(new SplitMix64(2), 1.0);
    SplitMix64 random = new SplitMix64(3);
    int draws = 8_000;
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      seen.merge(Arrays.toString(network.sample(weights, random)), 1, Integer::sum);
    }
    int[] values = new int[SMALL.size()];
    do {
      double p = Math.exp(network.likelihood(weights, values).logProbability());
      double share = seen.getOrDefault(Arrays.toString(values), 0) / (double) draws;
      assertThat(share).isCloseTo(p, within(5 * Math.sqrt(p / draws) + 1e-3));
    } while (next(values));
  }

  @Test
  void startsCloseToUniform() {
    PolicyNetwork network = new PolicyNetwork(SMALL, 35, 2);
    double[] weights = network.initialWeights(new SplitMix64(4), 0.08);
    double most = 7 * Math.log(2); // three strides, three filters, one skip
    assertThat(network.likelihood(weights, new int[SMALL.size()]).entropy())
        .isBetween(0.99 * most, most);
  }

  @Test
  void giveEveryLayerOfASpaceWithSkipsAnAnchor() {
    Sequence sequence = Sequence.of(SMALL);
    assertThat(sequence.steps()).hasSize(3 * 5);
    assertThat(sequence.groups()).containsExactly(1, 1, 2, 2);
    assertThat(sequence.steps().get(4)).isEqualTo(new Step.Anchor(List.of()));
    assertThat(sequence.steps().get(9)).isEqualTo(new Step.Anchor(List.of()));
    assertThat(sequence.steps().get(14)).isEqualTo(new Step.Anchor(List.of(new Step.Link(12, 4))));
  }

  @Test
  void refusesGroupsWhoseDecisionsDiffer() {
    List<Decision> decisions =
        List.of(
            new Decision.Choice("a/size", "size", List.of("1", "2")),
            new Decision.Choice("b/size", "size", List.of("1", "2", "3")));
    assertThatThrownBy(() -> Sequence.of(decisions))
        .hasMessage("b/size has not as many options as others of group size");
  }

  @Test
  void refusesSkipsOutsideTheirLayer() {
    List<Decision> decisions =
        List.of(
            new Decision.Choice("a/size", "size", List.of("1", "2")),
            new Decision.Skip("b/skip", 2, 0));
    assertThatThrownBy(() -> Sequence.of(decisions))
        .hasMessage("b/skip stands in place 1 of the layers");
  }

  private static boolean next(int[] values) {
    for (int i = 0; i < values.length; i++) {
      if (++values[i] < SMALL.get(i).cardinality()) {
        return true;
      }
      values[i] = 0;
    }
    return false;
  }
}
