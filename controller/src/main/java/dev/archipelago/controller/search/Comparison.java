package dev.archipelago.controller.search;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/**
 * Two networks on the same test images: difference of their accuracies with a paired bootstrap
 * interval (Efron and Tibshirani 1993, ch. 13, percentile method).
 *
 * <p>It speaks of these two networks only. Two networks that random search found differ
 * "significantly" in about three comparisons of ten, so nothing follows for the strategies.
 *
 * @param difference accuracy of the first minus accuracy of the second
 * @param low 2.5th percentile of the difference
 * @param high 97.5th percentile
 */
public record Comparison(double difference, double low, double high) {
  private static final int RESAMPLES = 2_000;

  /**
   * @param first bit i: the first network classified image i rightly
   * @param examples number of test images, at least 1
   */
  public static Comparison paired(BitSet first, BitSet second, int examples, long seed) {
    BitSet onlyFirst = (BitSet) first.clone();
    onlyFirst.andNot(second);
    BitSet onlySecond = (BitSet) second.clone();
    onlySecond.andNot(first);
    int wins = onlyFirst.cardinality();
    int losses = onlySecond.cardinality();
    SplitMix64 random = new SplitMix64(seed);
    double[] differences = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int sum = 0;
      for (int draw = 0; draw < examples; draw++) {
        int image = random.nextInt(examples); // images sorted: wins, losses, ties
        sum += image < wins ? 1 : image < wins + losses ? -1 : 0;
      }
      differences[i] = (double) sum / examples;
    }
    Arrays.sort(differences);
    return new Comparison(
        (double) (wins - losses) / examples,
        differences[(int) (RESAMPLES * 0.025)],
        differences[(int) (RESAMPLES * 0.975)]);
  }

  /** What may honestly be said, in one sentence. */
  public String sentence() {
    return sentence("the baseline's network", "The winner's and the baseline's networks");
  }

  /** The same of the winner and a published network. */
  public String sentence(String network) {
    return sentence(network, "The winner's network and " + network);
  }

  private String sentence(String other, String both) {
    String numbers =
        String.format(
            Locale.ROOT,
            "%.2f points (95 %% interval %.2f to %.2f, paired bootstrap on the test images)",
            100 * Math.abs(difference),
            100 * (difference < 0 ? -high : low),
            100 * (difference < 0 ? -low : high));
    String verdict;
    if (low > 0) {
      verdict = "The winner's network is better than " + other + " by " + numbers + ".";
    } else if (high < 0) {
      verdict = "The winner's network is worse than " + other + " by " + numbers + ".";
    } else {
      verdict = both + " cannot be told apart: they differ by " + numbers + ".";
    }
    return verdict + " This is about these two networks, not about the strategies.";
  }
}
