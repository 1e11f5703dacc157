package dev.archipelago.controller.strategy.ppo;

import dev.archipelago.protocol.space.Architecture;
import java.util.List;

/**
 * A result that waits for its batch to be whole.
 *
 * @param logProbabilities of its decisions when it was proposed, in nats
 * @param advantage over the baseline when it was told
 */
record Rollout(Architecture architecture, List<Double> logProbabilities, double advantage) {
  Rollout {
    logProbabilities = List.copyOf(logProbabilities);
  }
}
