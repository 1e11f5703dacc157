package dev.archipelago.controller.tabular;

/**
 * The best that a run has seen: the best on the highest rung that anything has reached.
 *
 * @param seconds of the simulated clock, when it became the best
 * @param cell its number
 * @param validation on that rung, a fraction
 */
record Incumbent(double seconds, int cell, int rung, double validation) {

  /** Whether another result takes its place; the first of equal ones stays. */
  boolean isBeatenBy(Incumbent other) {
    return other.rung > rung || (other.rung == rung && other.validation > validation);
  }
}
