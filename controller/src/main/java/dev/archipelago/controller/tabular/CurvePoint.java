package dev.archipelago.controller.tabular;

import java.util.Map;

/**
 * How far the runs are at a time of the simulated clock; means over the runs, fractions.
 *
 * @param bestValidation of what would be reported now, on the highest rung reached
 * @param testRegret what its test accuracy lacks to the best of the table
 */
public record CurvePoint(double seconds, double bestValidation, Map<TestSet, Double> testRegret) {
  public CurvePoint {
    testRegret = Map.copyOf(testRegret);
  }
}
