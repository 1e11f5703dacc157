package dev.archipelago.controller.tabular;

/** The standard normal distribution. <b>Checked by:</b> {@code DistributionsTest}. */
final class Normal {
  /** Terms of the series; enough for |x| under 6. */
  private static final int TERMS = 120;

  private Normal() {}

  /** Probability of at most x, to about 1e-14: Marsaglia 2004, "Evaluating the normal", §2. */
  static double cdf(double x) {
    if (Math.abs(x) > 8) {
      return x < 0 ? 0 : 1;
    }
    double term = x;
    double sum = x;
    for (int k = 1; k < TERMS; k++) {
      term *= x * x / (2 * k + 1);
      sum += term;
    }
    return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /**
   * The x that is exceeded with probability 1 - p.
   *
   * @param p in (0, 1)
   */
  static double quantile(double p) {
    return Bisection.where(Normal::cdf, p, -8, 8);
  }
}
