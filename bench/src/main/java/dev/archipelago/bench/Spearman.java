package dev.archipelago.bench;

/** Rank correlation: Pearson's of the ranks, equal values sharing their mean rank. */
final class Spearman {
  private Spearman() {}

  /**
   * @return in [-1, 1]; NaN where one side is all ties
   */
  static double of(double[] first, double[] second) {
    double[] a = ranks(first);
    double[] b = ranks(second);
    double mean = (a.length - 1) / 2.0;
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (a[i] - mean) * (b[i] - mean);
      squaresA += (a[i] - mean) * (a[i] - mean);
      squaresB += (b[i] - mean) * (b[i] - mean);
    }
    return product / Math.sqrt(squaresA * squaresB);
  }

  /** From 0: how many are less, and half of the others that are equal. */
  private static double[] ranks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        int order = Double.compare(values[j], values[i]);
        ranks[i] += order < 0 ? 1 : order == 0 && j != i ? 0.5 : 0;
      }
    }
    return ranks;
  }
}
