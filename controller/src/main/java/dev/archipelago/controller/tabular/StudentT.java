package dev.archipelago.controller.tabular;

/** Student's distribution. <b>Checked by:</b> {@code DistributionsTest}. */
final class StudentT {
  private StudentT() {}

  /**
   * Probability of at most t: Abramowitz and Stegun 1964, 26.7.3 and 26.7.4, exact.
   *
   * @param freedom degrees of freedom, at least 1
   */
  static double cdf(double t, int freedom) {
    double angle = Math.atan(t / Math.sqrt(freedom));
    double cosine = Math.cos(angle);
    boolean odd = freedom % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = 0;
    for (int k = odd ? 3 : 2; k <= freedom; k += 2) {
      sum += term;
      term *= cosine * cosine * (k - 1) / k;
    }
    double between = Math.sin(angle) * sum; // probability of -t to t
    if (odd) {
      between = 2 / Math.PI * (angle + between);
    }
    return 0.5 + between / 2;
  }

  /**
   * The t that is exceeded with probability 1 - p.
   *
   * @param p in (0.001, 0.999)
   */
  static double quantile(double p, int freedom) {
    return Bisection.where(t -> cdf(t, freedom), p, -1000, 1000);
  }
}
