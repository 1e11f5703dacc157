package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round.AlphaRule;
import dev.archipelago.protocol.trial.Round.Alphas;

/**
 * One step of Adam on the alphas, as torch.optim.Adam has it (Kingma and Ba 2015,
 * arXiv:1412.6980v9, Algorithm 1; weight decay is added to the gradient).
 */
final class AlphaStep {
  private static final double EPSILON = 1e-8;

  private AlphaStep() {}

  static Alphas after(Alphas alphas, Ragged gradient, AlphaRule rule) {
    long updates = alphas.updates() + 1;
    Ragged slope = gradient.with(alphas.values(), (g, value) -> g + rule.weightDecay() * value);
    Ragged first = decayed(alphas.first(), slope, rule.beta1());
    Ragged second = decayed(alphas.second(), slope.map(g -> g * g), rule.beta2());
    double firstShare = 1 - StrictMath.pow(rule.beta1(), updates);
    double secondShare = 1 - StrictMath.pow(rule.beta2(), updates);
    Ragged move =
        first.with(
            second,
            (m, v) ->
                rule.learningRate()
                    * (m / firstShare)
                    / (StrictMath.sqrt(v / secondShare) + EPSILON));
    return new Alphas(alphas.values().with(move, (a, b) -> a - b), first, second, updates);
  }

  private static Ragged decayed(Ragged mean, Ragged next, double beta) {
    return mean.with(next, (old, x) -> beta * old + (1 - beta) * x);
  }
}
