package dev.archipelago.controller.strategy.predictor;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/**
 * One Gaussian process for each covariance in question, each as probable as its marginal likelihood
 * says (Rasmussen and Williams 2006, §5.2): short or long of reach, with little noise or much.
 */
record Ensemble(List<GaussianProcess> processes) {

  /** Over how many of the decisions, as a share of all, the correlation falls to 1/e. */
  private static final List<Double> REACHES = List.of(0.1, 0.2, 0.4, 0.8);

  /** Variances of a score around the function; the function's own is 1. */
  private static final List<Double> NOISES = List.of(0.01, 0.1);

  Ensemble {
    processes = List.copyOf(processes);
  }

  /**
   * @param open how many decisions have more than one value, at least 1
   */
  static Ensemble fit(List<int[]> points, double[] scores, int open) {
    List<GaussianProcess> processes = new ArrayList<>();
    for (double reach : REACHES) {
      double[] covariance = new double[open + 1];
      for (int distance = 0; distance <= open; distance++) {
        covariance[distance] = StrictMath.exp(-distance / (reach * open));
      }
      for (double noise : NOISES) {
        processes.add(GaussianProcess.fit(points, scores, covariance, noise));
      }
    }
    return new Ensemble(processes);
  }

  /** One of them, as often as it is probable. */
  GaussianProcess draw(SplitMix64 random) {
    double most = processes.stream().mapToDouble(GaussianProcess::evidence).max().orElseThrow();
    double[] likelihoods =
        processes.stream().mapToDouble(p -> StrictMath.exp(p.evidence() - most)).toArray();
    double total = 0;
    for (double likelihood : likelihoods) {
      total += likelihood;
    }
    double drawn = random.nextDouble() * total;
    int at = 0;
    while (at < likelihoods.length - 1 && drawn >= likelihoods[at]) {
      drawn -= likelihoods[at++];
    }
    return processes.get(at);
  }
}
