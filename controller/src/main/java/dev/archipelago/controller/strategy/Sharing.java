package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.trial.Round;

/**
 * What a strategy's rounds on shared weights are on, and how large they are.
 *
 * @param net which of a space's supernets
 * @param paths of its largest round
 */
public record Sharing(Round.Net net, int paths) {}
