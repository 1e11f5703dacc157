package dev.archipelago.protocol.trial;

import java.util.Optional;

/**
 * One point of a learning curve.
 *
 * @param number from 1
 * @param trainLossNats mean over the epoch's steps
 * @param validation empty where the trial holds nothing out
 * @param seconds training time of this epoch
 */
public record Epoch(int number, double trainLossNats, Optional<Score> validation, double seconds) {}
