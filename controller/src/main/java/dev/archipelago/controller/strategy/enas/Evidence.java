package dev.archipelago.controller.strategy.enas;

import dev.archipelago.controller.strategy.shared.Ranked;
import dev.archipelago.controller.strategy.shared.Ranking;
import java.util.ArrayList;
import java.util.List;

/**
 * What the scores say of whether the policy learned. Accuracies are fractions in [0, 1], NaN before
 * there are any.
 *
 * @param first mean accuracy of the first scored round's paths
 * @param last of the last one's
 * @param latest the networks scored last, on the same examples
 * @param comparison of the candidates that the policy drew with those drawn at random
 */
record Evidence(double first, double last, List<Ranked> latest, Comparison comparison) {
  static final Evidence NONE =
      new Evidence(
          Double.NaN, Double.NaN, List.of(), new Comparison(Double.NaN, Double.NaN, Double.NaN));

  Evidence {
    latest = List.copyOf(latest);
  }

  /**
   * Two means.
   *
   * @param standardError of their difference; NaN where one side has less than two networks
   */
  record Comparison(double policy, double uniform, double standardError) {
    static Comparison of(List<Ranked> policy, List<Ranked> uniform) {
      return new Comparison(
          Ranking.meanAccuracy(policy),
          Ranking.meanAccuracy(uniform),
          Math.sqrt(squaredError(policy) + squaredError(uniform)));
    }

    private static double squaredError(List<Ranked> scored) {
      int count = scored.size();
      double mean = Ranking.meanAccuracy(scored);
      double sum = 0;
      for (Ranked ranked : scored) {
        double difference = ranked.score().accuracy() - mean;
        sum += difference * difference;
      }
      return count < 2 ? Double.NaN : sum / (count - 1) / count;
    }
  }

  /** Whether no round of paths was scored. */
  boolean isNothing() {
    return Double.isNaN(first);
  }

  /** After a round of scores; one in which all failed says nothing. */
  Evidence scored(List<Ranked> paths) {
    if (paths.isEmpty()) {
      return this;
    }
    double mean = Ranking.meanAccuracy(paths);
    return new Evidence(isNothing() ? mean : first, mean, paths, comparison);
  }

  /** After the candidates' scores. */
  Evidence compared(List<Ranked> policy, List<Ranked> uniform) {
    List<Ranked> all = new ArrayList<>(policy);
    all.addAll(uniform);
    return all.isEmpty() ? this : new Evidence(first, last, all, Comparison.of(policy, uniform));
  }
}
