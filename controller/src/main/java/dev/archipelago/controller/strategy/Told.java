package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.Architecture;
import java.util.OptionalDouble;

/**
 * A result as a strategy sees it.
 *
 * @param proposal the strategy's own number of the proposal
 * @param reward larger is better, always finite; empty where the trial failed or broke a limit
 */
public record Told(int proposal, Architecture architecture, OptionalDouble reward) {}
