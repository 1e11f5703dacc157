package dev.archipelago.controller.search;

/** What a person may ask a search. */
public sealed interface Question {
  /** How it goes. */
  record Status() implements Question {}

  /** The winner, or the best so far. */
  record Best() implements Question {}

  /** The spec as understood, YAML. */
  record Spec() implements Question {}

  /**
   * A page of its trials in proposal order.
   *
   * @param arm label of an arm, or empty for all; likewise {@code stage} and {@code state}
   */
  record Trials(String arm, String stage, String state, int offset, int limit)
      implements Question {}
}
