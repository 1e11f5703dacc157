package dev.archipelago.bench;

/** Rank correlation (Kendall 1945, tau-b: pairs that are tied on one side count on neither). */
final class KendallTau {
  private KendallTau() {}

  /**
   * @return in [-1, 1]; NaN where one side is all ties
   */
  static double of(double[] first, double[] second) {
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
}
