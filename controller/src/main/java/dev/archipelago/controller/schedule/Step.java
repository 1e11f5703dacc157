package dev.archipelago.controller.schedule;

/** A scheduler's answer to "what next?". */
public sealed interface Step {
  /**
   * Ask the strategy for an architecture and evaluate it, first on this rung: it has none below.
   * The configuration gets the next number; while the budget of configurations is spent, the search
   * reads it as {@link Done}.
   */
  record Start(int rung) implements Step {}

  /** Go on with a configuration on the rung above its last. */
  record Promote(int configuration, int rung) implements Step {}

  /** Nothing before another result is told. Never an answer while no result is outstanding. */
  record Wait() implements Step {}

  /** Nothing ever more. */
  record Done(String reason) implements Step {}
}
