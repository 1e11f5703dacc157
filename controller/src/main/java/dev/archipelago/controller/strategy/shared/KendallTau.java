package dev.archipelago.controller.strategy.shared;

/** Rank correlation (Kendall 1945, tau-b: pairs that are tied on one side count on neither). */
public final class KendallTau {
  private KendallTau() {}

  /**
   * @return in [-1, 1]; NaN where one side is all ties
   */
  public static double of(double[] first, double[] second) {
    long agreement = 0;
    long firstUntied = 0;
    long secondUntied = 0;
    for (int i = 0; i < first.length; i++) {
      for (int j = 0; j < i; j++) {
        long a = Integer.signum(Double.compare(first[i], first[j]));
        long b = Integer.signum(Double.compare(second[i], second[j]));
        agreement += a * b;
        firstUntied += Math.abs(a);
        secondUntied += Math.abs(b);
      }
    }
    return agreement / Math.sqrt((double) firstUntied * secondUntied);
  }

  /**
   * Of tau where the two sides have nothing to do with each other, approximately: sqrt(2 (2 n + 5)
   * / (9 n (n - 1))), Kendall 1938.
   *
   * @param pairs n, at least 2
   */
  public static double standardError(int pairs) {
    double n = pairs;
    return Math.sqrt(2 * (2 * n + 5) / (9 * n * (n - 1)));
  }
}
