package dev.archipelago.controller.settings;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers that people read: defaults that follow a budget. */
public final class Digits {
  private Digits() {}

  /** To two significant digits. */
  public static double two(double number) {
    return new BigDecimal(number).round(new MathContext(2)).doubleValue();
  }
}
