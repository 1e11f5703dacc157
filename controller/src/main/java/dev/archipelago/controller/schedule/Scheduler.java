package dev.archipelago.controller.schedule;

import java.util.OptionalDouble;

/**
 * A policy for how long to train what a strategy proposes, as a value: an immutable state and its
 * successors. A strategy says what, a scheduler says when and how far.
 *
 * <p>A <em>configuration</em> is an architecture that a strategy proposed, numbered as its
 * proposals are, from 0; one that breaks a limit of the spec is never begun and counts towards no
 * budget, so the numbers may have gaps, but they grow. It is evaluated on <em>rungs</em>, from the
 * rung that its {@link Step.Start} names upwards without gaps: every rung trains it further, from
 * where the rung below left it. Results may come in any order. No clock, no I/O, no threads;
 * floating point through {@link StrictMath} only. Every scheduler passes {@code SchedulerContract}.
 */
public interface Scheduler {

  /**
   * What to run next. Changes nothing: equal states give equal answers. Never {@link Step.Wait}
   * while no evaluation is outstanding, and never {@link Step.Done} before all that it will ever
   * promote is promoted.
   */
  Step next();

  /**
   * The state after a step was journalled: {@link Step.Start} or {@link Step.Promote}.
   *
   * @param rung the one that the step named
   */
  Scheduler began(int configuration, int rung);

  /**
   * The state after the result of a configuration on a rung.
   *
   * @param reward larger is better, always finite; comparable on one rung only. Empty where the
   *     evaluation failed or the configuration broke a limit: it is never promoted
   */
  Scheduler tell(int configuration, int rung, OptionalDouble reward);

  /**
   * The strategy has nothing more to propose: no {@link Step.Start} is answered from now on, and
   * brackets that wait for more configurations go on with those they have.
   */
  Scheduler exhausted();

  /** The whole state for a snapshot; {@link SchedulerKind#decode} is its inverse, bit for bit. */
  byte[] encode();
}
