package dev.archipelago.controller.strategy.darts;

import java.util.List;

/**
 * Sees the collapse of DARTS to skip connections coming.
 *
 * <p>Two published rules are one score here, each measured by its own limit: the share of skip
 * connections in the derived cell (DARTS+, Liang et al. 2019, arXiv:1909.06035, stops at two of
 * eight edges), and the growth of the largest eigenvalue of the validation loss's Hessian in alpha
 * (RobustDARTS, Zela et al. 2020, arXiv:1909.09656, stops where its moving average was less than
 * 0.75 of today's k epochs ago).
 *
 * <p><b>Departs:</b> by either rule alone a small search is stopped by noise: with four operations
 * a third of the edges are skips by chance, and an eigenvalue of one batch doubles from round to
 * round. So the shares are in excess of chance and count by how far the alphas have left the
 * uniform, the growth counts at most {@link #MOST_GROWTH}, and both together have to reach a
 * threshold. The averages are over the last k rounds and the k before, where the paper's are over
 * those around, and geometric; of their difference one standard error is taken off. <b>Checked
 * by:</b> {@code SentinelTest}; {@code SentinelBenchTest} (planted collapses).
 */
final class Sentinel {

  /** However sharp it becomes, without any excess of skips it is no collapse to them. */
  private static final double MOST_GROWTH = 1.5;

  /** Below this distance of the mean entropy from 1 the strongest operation is a matter of luck. */
  private static final double DECIDED = 0.01;

  private Sentinel() {}

  /**
   * @param curvatures of the last rounds, the latest at the end
   */
  static Signals look(Watch watch, double skips, double entropy, List<Double> curvatures) {
    double growth = growth(curvatures, watch.lag());
    double certainty = Math.max(0, Math.min(1, (1 - entropy) / DECIDED));
    double bySkips = certainty * Math.max(0, skips) / watch.skips();
    double byGrowth =
        Math.max(0, Math.min(MOST_GROWTH, StrictMath.log(growth) / StrictMath.log(watch.growth())));
    double score = watch.iterations() == 0 ? 2 * bySkips : bySkips + byGrowth;
    return new Signals(skips, entropy, growth, score);
  }

  /**
   * The mean of the last {@code lag} over that of as many before, less one standard error by how
   * they differ among themselves; 1 where that says nothing. The means are geometric.
   */
  static double growth(List<Double> curvatures, int lag) {
    int last = curvatures.size();
    if (last < 2 * lag || curvatures.stream().anyMatch(curvature -> curvature <= 0)) {
      return 1;
    }
    List<Double> logs = curvatures.stream().map(StrictMath::log).toList();
    List<Double> before = logs.subList(last - 2 * lag, last - lag);
    List<Double> now = logs.subList(last - lag, last);
    double difference = mean(now) - mean(before);
    double squares = squares(before) + squares(now);
    double error = lag == 1 ? 0 : Math.sqrt(squares / (lag - 1) / lag);
    return difference > 0
        ? StrictMath.exp(Math.max(0, difference - error))
        : StrictMath.exp(difference);
  }

  private static double mean(List<Double> numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.size();
  }

  /** Sum of squared distances from the mean. */
  private static double squares(List<Double> numbers) {
    double mean = mean(numbers);
    double sum = 0;
    for (double number : numbers) {
      sum += (number - mean) * (number - mean);
    }
    return sum;
  }
}
