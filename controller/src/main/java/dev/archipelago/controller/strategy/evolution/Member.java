package dev.archipelago.controller.strategy.evolution;

import dev.archipelago.protocol.space.Architecture;

/**
 * One of the population.
 *
 * @param proposal its number
 * @param reward larger is better, always finite
 */
record Member(int proposal, Architecture architecture, double reward) {}
