package dev.archipelago.controller.forecast;

import java.util.Arrays;

/** An expected value and how far off it may be; seconds, here. */
public record Range(double low, double expected, double high) {
  static final Range ZERO = new Range(0, 0, 0);

  /** This share of the values lies below {@link #low}, and as many above {@link #high}. */
  private static final double TAIL = 0.1;

  /** The mean, and of n values those at the places 0.1 (n - 1) and 0.9 (n - 1) in order. */
  static Range of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int skipped = (int) Math.round(TAIL * (sorted.length - 1));
    return new Range(
        sorted[skipped],
        Arrays.stream(sorted).average().orElseThrow(),
        sorted[sorted.length - 1 - skipped]);
  }

  /** Of {@code whole}, what is left when so much is done; each end for itself. */
  static Range left(Range whole, double done) {
    return new Range(
        Math.max(0, whole.low - done),
        Math.max(0, whole.expected - done),
        Math.max(0, whole.high - done));
  }

  Range plus(Range other) {
    return new Range(low + other.low, expected + other.expected, high + other.high);
  }

  /** Each end times its part over its whole; 0 where the whole is 0. */
  Range times(Range part, Range whole) {
    return new Range(
        share(low, part.low, whole.low),
        share(expected, part.expected, whole.expected),
        share(high, part.high, whole.high));
  }

  private static double share(double value, double part, double whole) {
    return whole > 0 ? value * part / whole : 0;
  }
}
