package dev.archipelago.controller.strategy.ppo;

import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import java.util.List;

/**
 * What a round of learning makes large: the mean over a batch of results of the {@link
 * ClippedObjective} summed over decisions, plus the policy's entropy.
 *
 * <p><b>Checked by:</b> {@code PpoGradientTest}, against central differences.
 *
 * @param entropy weight of the entropy, in advantages per nat
 */
record ClippedBatch(List<Rollout> rollouts, double clip, double entropy) {
  ClippedBatch {
    rollouts = List.copyOf(rollouts);
  }

  /** Of minus the objective, by the weights. */
  double[] gradient(PolicyNetwork network, double[] weights) {
    double[] gradient = new double[weights.length];
    for (Rollout rollout : rollouts) {
      network.addGradient(
          weights,
          rollout.architecture().toArray(),
          now -> slopes(rollout, now),
          entropy / rollouts.size(),
          gradient);
    }
    return gradient;
  }

  private double[] slopes(Rollout rollout, double[] now) {
    ClippedObjective objective = new ClippedObjective(clip);
    double[] slopes = new double[now.length];
    for (int i = 0; i < slopes.length; i++) {
      double then = rollout.logProbabilities().get(i);
      slopes[i] = objective.slope(now[i], then, rollout.advantage()) / rollouts.size();
    }
    return slopes;
  }
}
