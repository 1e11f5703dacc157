package dev.archipelago.controller.strategy.shared;

import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.trial.Score;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of a proposal; all empty where it failed.
 *
 * @param weights SHA-256 of the blob that a round left
 * @param scores of the paths that a round scored
 * @param reward of a network that was trained alone
 */
public record End(Optional<String> weights, List<Score> scores, OptionalDouble reward) {
  public End {
    scores = List.copyOf(scores);
  }

  /** Whether nothing came of it. */
  boolean isNothing() {
    return weights.isEmpty() && reward.isEmpty();
  }

  static End of(Told told) {
    return new End(
        told.round().map(Told.RoundResult::weights),
        told.round().map(round -> round.report().scores()).orElse(List.of()),
        told.reward());
  }
}
