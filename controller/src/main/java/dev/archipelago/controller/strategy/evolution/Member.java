package dev.archipelago.controller.strategy.evolution;

import dev.archipelago.protocol.space.Architecture;

/**
 * One of the population.
 *
 * @param reward larger is better, always finite
 */
record Member(Architecture architecture, double reward) {}
