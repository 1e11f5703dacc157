package dev.archipelago.controller.strategy.darts;

import dev.archipelago.protocol.space.Architecture;

/**
 * A cell with something to train, as it was derived after a round.
 *
 * @param accuracy of the mixture then; the least number there is where it is not known
 */
record Sighting(Architecture architecture, double accuracy) {}
