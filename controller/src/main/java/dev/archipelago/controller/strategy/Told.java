package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.trial.Score;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A result as a strategy sees it.
 *
 * @param proposal the strategy's own number of the proposal
 * @param reward larger is better, always finite; empty where the trial failed or broke a limit, and
 *     of rounds, which train no network of their own
 * @param round of a round that did not fail
 */
public record Told(
    int proposal, Architecture architecture, OptionalDouble reward, Optional<RoundResult> round) {

  /**
   * A round's end.
   *
   * @param weights SHA-256 of the blob that it left; those of the round that scored paths are the
   *     ones it began with
   * @param validation of the mixture on held-out examples after a round that trained alphas; empty
   *     of other rounds
   */
  public record RoundResult(RoundReport report, String weights, Optional<Score> validation) {}

  /** Of a network that was trained. */
  public Told(int proposal, Architecture architecture, OptionalDouble reward) {
    this(proposal, architecture, reward, Optional.empty());
  }
}
