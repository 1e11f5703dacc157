package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.SearchSpace;

/**
 * What every strategy is told at its start.
 *
 * @param trials how many proposals the budget allows, so that defaults can follow it
 * @param seed of this arm of the search, for the policy's first weights
 */
public record StrategyContext(SearchSpace space, int trials, long seed) {}
