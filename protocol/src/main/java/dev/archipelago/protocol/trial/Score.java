package dev.archipelago.protocol.trial;

/**
 * A network's quality on a set of images.
 *
 * @param accuracy fraction in [0, 1]
 * @param lossNats mean cross entropy
 */
public record Score(double accuracy, double lossNats, int examples) {}
