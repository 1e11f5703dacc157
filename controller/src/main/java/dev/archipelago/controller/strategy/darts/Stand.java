package dev.archipelago.controller.strategy.darts;

import dev.archipelago.protocol.trial.Round.Alphas;
import java.util.List;

/**
 * All that a chain goes on from.
 *
 * @param round after how many rounds of the chain it was reached
 * @param blobs SHA-256 of the weights, to be merged; empty before any training
 */
record Stand(int round, Alphas alphas, List<String> blobs) {
  Stand {
    blobs = List.copyOf(blobs);
  }
}
