package dev.archipelago.controller.strategy.ppo;

/**
 * Schulman et al. 2017, arXiv:1707.06347v2, §3 Eq. 7, of one decision: min(r A, clip(r, 1 - c, 1 +
 * c) A), where r is the probability now over that when the decision was taken, and A the advantage.
 *
 * <p>Log probabilities in nats. <b>Checked by:</b> {@code ClippedObjectiveTest}, {@code
 * PpoGradientTest}.
 *
 * @param clip c, above 0 and below 1
 */
record ClippedObjective(double clip) {

  double value(double logNow, double logThen, double advantage) {
    double ratio = StrictMath.exp(logNow - logThen);
    double clipped = Math.max(1 - clip, Math.min(1 + clip, ratio));
    return Math.min(ratio * advantage, clipped * advantage);
  }

  /** Derivative of {@link #value} by {@code logNow}; nothing where more change is not rewarded. */
  double slope(double logNow, double logThen, double advantage) {
    double ratio = StrictMath.exp(logNow - logThen);
    boolean flat = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
    return flat ? 0 : ratio * advantage;
  }
}
