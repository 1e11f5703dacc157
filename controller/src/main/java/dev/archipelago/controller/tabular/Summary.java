package dev.archipelago.controller.tabular;

import java.util.Arrays;

/**
 * Some runs' values.
 *
 * @param sd standard deviation of one value (n - 1); 0 for a single one
 * @param se standard error of the mean
 */
public record Summary(double mean, double sd, double se) {

  /**
   * @param values at least one
   */
  public static Summary of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double sd = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    return new Summary(mean, sd, sd / Math.sqrt(values.length));
  }
}
