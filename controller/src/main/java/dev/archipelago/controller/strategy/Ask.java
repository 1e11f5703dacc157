package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.Architecture;

/** A strategy's answer to "what next?". */
public sealed interface Ask {
  /** Train this. */
  record Propose(Architecture architecture) implements Ask {}

  /** Nothing before another result is told. Never an answer while no result is outstanding. */
  record Wait() implements Ask {}

  /** Nothing ever more; the search ends early with this reason. */
  record Exhausted(String reason) implements Ask {}
}
