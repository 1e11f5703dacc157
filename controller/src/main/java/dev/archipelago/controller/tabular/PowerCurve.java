package dev.archipelago.controller.tabular;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/**
 * How likely a comparison of so many pairs finds the first strategy better, estimated by comparing
 * many small samples out of a large pool of runs.
 *
 * <p><b>Checked by:</b> {@code PowerCurveTest}.
 */
public final class PowerCurve {
  /** Comparisons that a point rests on: its standard error is at most 1.6 points. */
  public static final int COMPARISONS = 1_000;

  private PowerCurve() {}

  /**
   * @param pairs of runs in each comparison
   * @param better share of comparisons whose verdict is "better"
   * @param worse share whose verdict is "worse"
   */
  public record Point(int pairs, double better, double worse) {}

  /**
   * One point for each size. The pool's pairs are drawn without replacement within a comparison,
   * and anew for each.
   *
   * @param first larger is better; place i of both belongs to one seed
   * @param sizes numbers of pairs, each 2 to the pool's size
   */
  public static List<Point> of(double[] first, double[] second, List<Integer> sizes, long seed) {
    List<Point> points = new ArrayList<>();
    for (int size : sizes) {
      int better = 0;
      int worse = 0;
      for (int i = 0; i < COMPARISONS; i++) {
        SplitMix64 random = SplitMix64.of(seed, size, i);
        int[] chosen = random.sample(first.length, size);
        PairedVerdict verdict =
            PairedVerdict.of(at(first, chosen), at(second, chosen), random.nextLong());
        better += verdict.outcome() == PairedVerdict.Outcome.BETTER ? 1 : 0;
        worse += verdict.outcome() == PairedVerdict.Outcome.WORSE ? 1 : 0;
      }
      points.add(new Point(size, better / (double) COMPARISONS, worse / (double) COMPARISONS));
    }
    return List.copyOf(points);
  }

  private static double[] at(double[] values, int[] places) {
    double[] some = new double[places.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[places[i]];
    }
    return some;
  }
}
