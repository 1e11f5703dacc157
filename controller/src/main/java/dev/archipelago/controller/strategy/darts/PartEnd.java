package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.trial.Round.Alphas;
import java.util.Optional;

/**
 * How one proposal of training ended.
 *
 * @param left SHA-256 of the blob that it left; empty where it failed
 * @param part empty where it failed, or gave what cannot be gone on from
 */
record PartEnd(Optional<String> left, Optional<Part> part) {

  static PartEnd of(Told told, Alphas before) {
    return new PartEnd(told.round().map(Told.RoundResult::weights), Part.of(told, before));
  }

  /** The blob of a round whose alphas were refused: nothing will begin with it. */
  Optional<String> refused() {
    return part.isPresent() ? Optional.empty() : left;
  }
}
