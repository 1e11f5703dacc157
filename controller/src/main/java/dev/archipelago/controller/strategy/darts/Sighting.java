package dev.archipelago.controller.strategy.darts;

import dev.archipelago.protocol.space.Architecture;

/**
 * A cell with something to train, as it was derived after a round.
 *
 * @param reward of the mixture then; the least there is where the round had none
 */
record Sighting(Architecture architecture, double reward) {}
