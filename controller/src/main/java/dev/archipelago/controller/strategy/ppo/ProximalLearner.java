package dev.archipelago.controller.strategy.ppo;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * The state of {@link Ppo}: a policy, the log probabilities of what is still being tried, and the
 * results it has not yet learned from.
 *
 * <p>A failure counts as the worst reward seen, before any success as nothing: {@link Baseline}.
 * Results may come in any order; a batch is whole when enough of them have come.
 *
 * @param asked for each proposal without a result, its decisions' log probabilities in nats when it
 *     was made; at most the search's window of them
 * @param pending the batch that is not whole yet; fewer than {@code settings.batch()}
 */
record ProximalLearner(
    Ppo settings,
    SearchSpace space,
    PolicyNetwork network,
    Weights weights,
    Baseline baseline,
    Map<Integer, List<Double>> asked,
    List<Rollout> pending)
    implements Strategy {
  ProximalLearner {
    asked = Collections.unmodifiableSortedMap(new TreeMap<>(asked)); // its order is the encoding's
    pending = List.copyOf(pending);
  }

  /** Draws from the policy as it is now. */
  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    int[] values = network.sample(weights.values(), random);
    return new Ask.Propose(Architecture.of(space.kind(), values));
  }

  @Override
  public Strategy proposed(int proposal, Architecture architecture) {
    Map<Integer, List<Double>> next = new TreeMap<>(asked);
    next.put(proposal, logProbabilities(architecture));
    return new ProximalLearner(settings, space, network, weights, baseline, next, pending);
  }

  @Override
  public Strategy tell(Told told) {
    space.check(told.architecture());
    Map<Integer, List<Double>> open = new TreeMap<>(asked);
    List<Double> then = open.remove(told.proposal());
    if (then == null) {
      throw new IllegalArgumentException(
          "a result of proposal " + told.proposal() + ", which was never made");
    }
    List<Rollout> batch = new ArrayList<>(pending);
    batch.add(new Rollout(told.architecture(), then, baseline.advantage(told.reward())));
    Baseline next = baseline.after(told.reward(), settings.policy().baselineDecay());
    return batch.size() < settings.batch()
        ? new ProximalLearner(settings, space, network, weights, next, open, batch)
        : new ProximalLearner(settings, space, network, learn(batch), next, open, List.of());
  }

  private List<Double> logProbabilities(Architecture architecture) {
    double[] logs = network.logProbabilities(weights.values(), architecture.toArray());
    return DoubleStream.of(logs).boxed().toList();
  }

  private Weights learn(List<Rollout> batch) {
    ClippedBatch objective = new ClippedBatch(batch, settings.clip(), settings.policy().entropy());
    Weights learned = weights;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      double[] gradient = objective.gradient(network, learned.values());
      learned = settings.policy().step(learned, gradient);
    }
    return learned;
  }

  @Override
  public byte[] encode() {
    return ProximalCodec.encode(this);
  }
}
