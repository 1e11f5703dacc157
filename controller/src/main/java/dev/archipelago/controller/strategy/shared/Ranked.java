package dev.archipelago.controller.strategy.shared;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Score;

/** A network with its score by shared weights. */
public record Ranked(Architecture architecture, Score score) {}
