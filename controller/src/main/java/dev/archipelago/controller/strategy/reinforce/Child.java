package dev.archipelago.controller.strategy.reinforce;

import dev.archipelago.protocol.space.Architecture;

/**
 * A result that waits for its generation to be whole.
 *
 * @param advantage over the baseline when it was told
 */
record Child(Architecture architecture, double advantage) {}
