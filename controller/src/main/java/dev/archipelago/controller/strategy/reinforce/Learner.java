package dev.archipelago.controller.strategy.reinforce;

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
import java.util.List;

/**
 * The state of {@link Reinforce}: a policy, and the results it has not yet learned from.
 *
 * <p><b>Departs</b> from Zoph and Le 2017, §3.2: while a window of trials runs, an architecture may
 * have been drawn from a policy some updates older than the one that learns from it. The gradient
 * is that of the policy now, without a correction by the ratio of both probabilities; {@code
 * docs/papers.md} says what that costs.
 *
 * @param pending the generation that is not whole yet; fewer than {@code settings.batch()}
 */
record Learner(
    Reinforce settings,
    SearchSpace space,
    PolicyNetwork network,
    Weights weights,
    Baseline baseline,
    List<Child> pending)
    implements Strategy {
  Learner {
    pending = List.copyOf(pending);
  }

  /** Draws from the policy as it is now. */
  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    int[] values = network.sample(weights.values(), random);
    return new Ask.Propose(Architecture.of(space.kind(), values));
  }

  @Override
  public Strategy tell(Told told) {
    space.check(told.architecture());
    List<Child> children = new ArrayList<>(pending);
    children.add(new Child(told.architecture(), baseline.advantage(told.reward())));
    Baseline next = baseline.after(told.reward(), settings.policy().baselineDecay());
    return children.size() < settings.batch()
        ? new Learner(settings, space, network, weights, next, children)
        : new Learner(settings, space, network, learn(children), next, List.of());
  }

  /** One step of Adam on the mean over the children of REINFORCE's gradient. */
  private Weights learn(List<Child> children) {
    double[] gradient = new double[weights.values().length];
    for (Child child : children) {
      network.addGradient(
          weights.values(),
          child.architecture().toArray(),
          child.advantage() / children.size(),
          settings.policy().entropy() / children.size(),
          gradient);
    }
    return settings.policy().step(weights, gradient);
  }

  @Override
  public byte[] encode() {
    return LearnerCodec.encode(this);
  }
}
