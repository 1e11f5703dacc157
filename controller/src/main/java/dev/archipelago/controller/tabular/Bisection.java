package dev.archipelago.controller.tabular;

import java.util.function.DoubleUnaryOperator;

/** Finds where a rising function has a value. */
final class Bisection {
  private static final int HALVINGS = 100;

  private Bisection() {}

  /** The x between both ends with f(x) = value, as near as doubles go. */
  static double where(DoubleUnaryOperator rising, double value, double least, double most) {
    double low = least;
    double high = most;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (rising.applyAsDouble(middle) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
