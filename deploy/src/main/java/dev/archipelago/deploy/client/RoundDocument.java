package dev.archipelago.deploy.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a round on weights that networks share did.
 *
 * @param work {@code bilevel}, {@code train-paths} or {@code score-paths}
 * @param size steps of training, or paths that were scored
 * @param trainLoss of the weights, in nats
 * @param alphaLoss of the architecture, in nats
 * @param curvature the largest eigenvalue of the loss's Hessian in the architecture
 * @param bestAccuracy of the paths that were scored, a fraction
 * @param meanAccuracy of the paths that were scored, a fraction
 * @param probabilities of each edge's operations after the round
 */
public record RoundDocument(
    String work,
    int size,
    @Nullable Double trainLoss,
    @Nullable Double alphaLoss,
    @Nullable Double curvature,
    @Nullable Double bestAccuracy,
    @Nullable Double meanAccuracy,
    @Nullable Double temperature,
    @Nullable Map<String, Map<String, Double>> probabilities) {}
