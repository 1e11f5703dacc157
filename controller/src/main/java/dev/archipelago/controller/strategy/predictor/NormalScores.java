package dev.archipelago.controller.strategy.predictor;

import java.util.Arrays;

/** Rewards as the normal quantiles of their ranks: of any scale and shape, to mean 0 and size 1. */
final class NormalScores {
  private NormalScores() {}

  /** Equal rewards get equal scores, that of their middle rank. */
  static double[] of(double[] rewards) {
    double[] sorted = rewards.clone();
    Arrays.sort(sorted);
    double[] scores = new double[rewards.length];
    for (int i = 0; i < rewards.length; i++) {
      int first = first(sorted, rewards[i]);
      int last = first;
      while (last + 1 < sorted.length && sorted[last + 1] == sorted[first]) {
        last++;
      }
      scores[i] = quantile(((first + last) / 2.0 + 0.5) / rewards.length);
    }
    return scores;
  }

  private static int first(double[] sorted, double value) {
    int at = Arrays.binarySearch(sorted, value);
    while (at > 0 && sorted[at - 1] == value) {
      at--;
    }
    return at;
  }

  /**
   * The standard normal distribution's quantile, to 5e-4 (Abramowitz and Stegun 1964, 26.2.23).
   *
   * @param share in (0, 1)
   */
  static double quantile(double share) {
    double tail = Math.min(share, 1 - share);
    double t = Math.sqrt(-2 * StrictMath.log(tail));
    double size =
        t
            - (2.515517 + t * (0.802853 + t * 0.010328))
                / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    return share < 0.5 ? -size : size;
  }
}
