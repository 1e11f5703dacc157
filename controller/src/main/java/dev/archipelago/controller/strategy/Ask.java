package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Round;
import java.util.OptionalInt;

/** A strategy's answer to "what next?". */
public sealed interface Ask {
  /**
   * Train this.
   *
   * @param parent number of the proposal, one that was told, from which this one was made; its
   *     weights are inherited where the kind's {@link Heredity} or the spec has it so. Empty where
   *     there is none
   */
  record Propose(Architecture architecture, OptionalInt parent) implements Ask {
    /** Without a parent. */
    public Propose(Architecture architecture) {
      this(architecture, OptionalInt.empty());
    }
  }

  /**
   * Do a round on weights that the space's networks share.
   *
   * @param shown the network that the policy would settle for as things stand, for people to see
   */
  record Share(Architecture shown, Round round) implements Ask {}

  /** Nothing before another result is told. Never an answer while no result is outstanding. */
  record Wait() implements Ask {}

  /** Nothing ever more; the search ends early with this reason. */
  record Exhausted(String reason) implements Ask {}
}
