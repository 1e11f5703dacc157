package dev.archipelago.controller.strategy.policy;

import dev.archipelago.protocol.space.Decision;

/**
 * How sharp a policy may become: a score z, before its softmax or sigmoid, counts as c tanh(z)
 * (ENAS, Pham et al. 2018, arXiv:1802.03268v2, appendix; Bello et al. 2016, arXiv:1611.09940, A.1).
 *
 * <p>In the authors' published code c is the constant, and for a cell's operations the constant
 * divided by another one. Decisions on operations are those of the group {@value #OPERATIONS}.
 * <b>Checked by:</b> {@code BoundedPolicyTest}.
 *
 * @param constant c, above 0; infinite for no bounds
 * @param operationReduction by which c is divided for operations, above 0
 */
public record Bounds(double constant, double operationReduction) {

  public static final Bounds NONE = new Bounds(Double.POSITIVE_INFINITY, 1);

  private static final String OPERATIONS = "operation";

  /** c of a decision. */
  double of(Decision decision) {
    boolean operation =
        decision instanceof Decision.Choice choice && choice.group().equals(OPERATIONS);
    return operation ? constant / operationReduction : constant;
  }
}
