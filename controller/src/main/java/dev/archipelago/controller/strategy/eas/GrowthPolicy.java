package dev.archipelago.controller.strategy.eas;

import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.GrowableSpace;
import dev.archipelago.protocol.space.Growth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The policy that says where a network grows (arXiv:1707.04873v2, §3): an LSTM reads the network
 * decision by decision, and after each one says whether it grows.
 *
 * <p>So the recurrent network has two steps for a decision: its value, which is given, and keep or
 * grow, which is the policy's to take where the decision can grow.
 */
record GrowthPolicy(GrowableSpace space, PolicyNetwork network) {
  private static final int KEEP = 0;
  private static final int GROW = 1;

  static GrowthPolicy of(Eas settings, GrowableSpace space) {
    return new GrowthPolicy(
        space,
        new PolicyNetwork(
            steps(space.decisions()), settings.policy().hidden(), settings.policy().layers()));
  }

  private static List<Decision> steps(List<Decision> decisions) {
    List<Decision> steps = new ArrayList<>();
    for (Decision decision : decisions) {
      String group = group(decision);
      List<String> labels = new ArrayList<>();
      for (int value = 0; value < decision.cardinality(); value++) {
        labels.add(decision.label(value));
      }
      steps.add(new Decision.Choice(decision.name() + "/value", "value of " + group, labels));
      steps.add(
          new Decision.Choice(
              decision.name() + "/growth", "growth of " + group, List.of("keep", "grow")));
    }
    return steps;
  }

  private static String group(Decision decision) {
    return decision instanceof Decision.Choice choice ? choice.group() : "skip";
  }

  /** Weights with which as many decisions of the smallest network grow as the settings have it. */
  Weights first(Eas settings, long seed) {
    List<Growth> possible = space.growths(space.smallest());
    double share = Math.min(0.5, settings.growths() / Math.max(1, possible.size()));
    double score = StrictMath.log(share / (1 - share));
    double[] weights = settings.policy().first(network, seed).values().clone();
    for (int decision = 0; decision < space.decisions().size(); decision++) {
      network.bias(weights, 2 * decision + 1, GROW, score);
    }
    return Weights.fresh(weights);
  }

  /** A network as the steps have it, with nothing that grows yet. */
  private int[] steps(Architecture parent) {
    int[] steps = new int[2 * parent.values().size()];
    for (int decision = 0; decision < parent.values().size(); decision++) {
      steps[2 * decision] = parent.value(decision);
      steps[2 * decision + 1] = KEEP;
    }
    return steps;
  }

  /** All steps but those of decisions that can grow. */
  private BitSet given(Architecture parent) {
    BitSet given = new BitSet();
    given.set(0, 2 * parent.values().size());
    space.growths(parent).forEach(growth -> given.clear(2 * growth.decision() + 1));
    return given;
  }

  /** A child as the policy has it; it may be its parent's equal. */
  Architecture draw(Weights weights, Architecture parent, SplitMix64 random) {
    int[] steps = steps(parent);
    network.complete(weights.values(), steps, given(parent), random);
    Architecture child = parent;
    for (Growth growth : space.growths(parent)) {
      child = steps[2 * growth.decision() + 1] == GROW ? growth.of(child) : child;
    }
    return child;
  }

  /** A child in which each decision that can grow does so by the toss of a coin. */
  Architecture toss(Architecture parent, SplitMix64 random) {
    Architecture child = parent;
    for (Growth growth : space.growths(parent)) {
      child = random.nextInt(2) == 1 ? growth.of(child) : child;
    }
    return child;
  }

  /**
   * Adds the gradient of -(advantage x log probability of the child + entropy weight x entropy).
   */
  void addGradient(
      Weights weights,
      Architecture parent,
      Architecture child,
      double advantage,
      double entropyWeight,
      double[] gradient) {
    int[] steps = steps(parent);
    for (int decision = 0; decision < parent.values().size(); decision++) {
      boolean grew = child.value(decision) != parent.value(decision);
      steps[2 * decision + 1] = grew ? GROW : KEEP;
    }
    network.addGradient(weights.values(), steps, given(parent), advantage, entropyWeight, gradient);
  }

  /**
   * How likely a network's decisions grow, while nothing before them does.
   *
   * @return the mean over each kind of decision that can grow, in the space's order
   */
  Map<String, Double> chances(Weights weights, Architecture parent) {
    double[] logs = network.logProbabilities(weights.values(), steps(parent), given(parent));
    Map<String, List<Double>> byGroup = new LinkedHashMap<>();
    for (Growth growth : space.growths(parent)) {
      byGroup
          .computeIfAbsent(group(space.decisions().get(growth.decision())), g -> new ArrayList<>())
          .add(1 - StrictMath.exp(logs[2 * growth.decision() + 1]));
    }
    Map<String, Double> chances = new LinkedHashMap<>();
    byGroup.forEach(
        (group, all) -> {
          OptionalDouble mean = all.stream().mapToDouble(Double::doubleValue).average();
          chances.put(group, mean.orElseThrow());
        });
    return chances;
  }
}
