package dev.archipelago.controller.strategy.policy;

/**
 * What draws a policy anywhere beside its rewards.
 *
 * <p>The skips' part is ENAS's (Pham et al. 2018, arXiv:1802.03268v2, §3.2, and the authors'
 * published code): the Kullback-Leibler divergence of every skip's probability p from a target t, p
 * log(p / t) + (1 - p) log((1 - p) / (1 - t)), summed over a layer's skips, mean over the layers
 * that have any. <b>Checked by:</b> {@code BoundedPolicyTest}.
 *
 * @param entropy weight of the policy's entropy, which is made large; in advantages per nat
 * @param skipWeight weight of the divergence, which is made small; in advantages per nat
 * @param skipTarget t, the wanted share of skips, above 0 and below 1
 */
public record Regularization(double entropy, double skipWeight, double skipTarget) {

  static Regularization entropy(double weight) {
    return new Regularization(weight, 0, 0.5);
  }

  /** The same of one out of some results. */
  public Regularization dividedBy(int results) {
    return new Regularization(entropy / results, skipWeight / results, skipTarget);
  }

  /** Derivative of one skip's weighted divergence by its score s, where p = sigmoid(s). */
  double skipSlope(double score, double probability) {
    double target = StrictMath.log(skipTarget / (1 - skipTarget));
    return skipWeight * probability * (1 - probability) * (score - target);
  }
}
