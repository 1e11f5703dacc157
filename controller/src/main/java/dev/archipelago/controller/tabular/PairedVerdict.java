package dev.archipelago.controller.tabular;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What runs of two strategies on the same seeds say about which is better.
 *
 * <p>A bootstrap interval of the mean difference over the pairs (Efron and Tibshirani 1993, ch.
 * 13), its percentiles moved outwards so that few pairs do not make it too narrow: the expanded
 * percentile interval of Hesterberg 2015, "What teachers should know about the bootstrap",
 * arXiv:1411.5279, §3.3. Fewer than {@link #FEWEST} pairs are never told apart: five of five go one
 * way by chance in 6 % of comparisons whatever the interval, and with six or seven pairs the
 * resampled means are still too few for its ends.
 *
 * <p><b>Checked by:</b> {@code PairedVerdictTest}, {@code CalibrationTest}: of 1,000 comparisons of
 * random search with itself at most 5 % come out as better.
 *
 * @param pairs how many
 * @param difference mean of first minus second
 * @param standardError of that mean
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
public record PairedVerdict(
    int pairs, double difference, double standardError, double low, double high) {
  /** Pairs below which nothing is claimed. */
  public static final int FEWEST = 8;

  private static final int RESAMPLES = 2_000;
  private static final double TAIL = 0.025;
  private static final double POWER = 0.8;

  /** Whether the first is better than the second, at 95 %. */
  public enum Outcome {
    BETTER,
    WORSE,
    NOT_TOLD_APART
  }

  /**
   * @param first larger is better; place i of both belongs to one seed
   * @param seed of the resampling
   * @throws IllegalArgumentException if they are not equally many, or fewer than 2
   */
  public static PairedVerdict of(double[] first, double[] second, long seed) {
    if (first.length != second.length || first.length < 2) {
      throw new IllegalArgumentException(
          "needs two or more pairs, got " + first.length + " and " + second.length + " results");
    }
    double[] differences = new double[first.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = first[i] - second[i];
    }
    Summary summary = Summary.of(differences);
    double[] means = resampledMeans(differences, seed);
    double tail = expandedTail(differences.length);
    return new PairedVerdict(
        differences.length,
        summary.mean(),
        summary.se(),
        percentile(means, tail),
        percentile(means, 1 - tail));
  }

  /** Where the interval is cut so that it is as wide as Student's would be on normal data. */
  private static double expandedTail(int pairs) {
    double t = StudentT.quantile(1 - TAIL, pairs - 1);
    return Normal.cdf(-t * Math.sqrt(pairs / (pairs - 1.0)));
  }

  private static double[] resampledMeans(double[] differences, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int draw = 0; draw < differences.length; draw++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[i] = sum / differences.length;
    }
    Arrays.sort(means);
    return means;
  }

  /** Between the two nearest in rank. */
  private static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    double above = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (place - below) * (above - sorted[below]);
  }

  public Outcome outcome() {
    if (pairs < FEWEST) {
      return Outcome.NOT_TOLD_APART;
    }
    return low > 0 ? Outcome.BETTER : high < 0 ? Outcome.WORSE : Outcome.NOT_TOLD_APART;
  }

  /**
   * Pairs of runs that would find a true difference as large as the observed one with 80 % power at
   * 95 %; empty where no difference was seen. A rough guide: the observed difference is itself
   * uncertain by its {@link #standardError}.
   */
  public OptionalLong pairsNeeded() {
    if (difference == 0) {
      return OptionalLong.empty();
    }
    double quantiles = Normal.quantile(1 - TAIL) + Normal.quantile(POWER);
    double deviation = standardError * Math.sqrt(pairs);
    double normal = Math.pow(quantiles * deviation / difference, 2);
    // What Student's distribution asks for beyond the normal one: half a squared quantile.
    double exact = normal + Math.pow(Normal.quantile(1 - TAIL), 2) / 2;
    return OptionalLong.of(Math.max(FEWEST, (long) Math.ceil(Math.min(exact, 1e15))));
  }

  /** What may honestly be said of two strategies, in words; differences in points of 1/100. */
  public String sentence(String first, String second) {
    Outcome outcome = outcome();
    String ahead =
        outcome == Outcome.NOT_TOLD_APART
            ? first + " and " + second + " cannot be told apart: " + first + " is "
            : first + " is " + (outcome == Outcome.BETTER ? "better" : "worse") + " than " + second;
    String sign =
        outcome == Outcome.NOT_TOLD_APART ? (difference < 0 ? "behind" : "ahead") + " by " : " by ";
    String size =
        text(
            "%.3f points (95 %% interval of the difference %.3f to %.3f, paired bootstrap, %,d"
                + " pairs of runs).",
            100 * Math.abs(difference), 100 * low, 100 * high, pairs);
    return ahead + sign + size + needed();
  }

  private String needed() {
    if (pairs < FEWEST) {
      return text(" Fewer than %d pairs are never told apart.", FEWEST);
    }
    OptionalLong needed = pairsNeeded();
    return needed.isEmpty()
        ? ""
        : text(
            " If that is the true difference, about %,d pairs show it in four of five comparisons.",
            needed.getAsLong());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
