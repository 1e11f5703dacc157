package dev.archipelago.controller.strategy;

/** What a strategy's networks can take over from earlier ones. */
public sealed interface Heredity {

  /** Nothing: no proposal names a parent. */
  record None() implements Heredity {}

  /** A child begins with its parent's weights where the spec has it so. */
  record Parent() implements Heredity {}

  /**
   * Every child is its trained parent, grown without a change of its function, and its training
   * goes on from there: rewards can be compared within a generation only.
   *
   * @param noise on repeated channels, see {@link dev.archipelago.protocol.trial.Start.Growth}
   */
  record Growth(double noise) implements Heredity {}
}
