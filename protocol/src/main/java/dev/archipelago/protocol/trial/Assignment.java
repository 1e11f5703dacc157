package dev.archipelago.protocol.trial;

import dev.archipelago.protocol.space.NetworkPlan;

/**
 * All that a worker needs to run one attempt at a trial.
 *
 * @param attempt 1 for the first lease, then one more each time a lease was lost
 * @param evaluation what is done with the plan; in stage FINAL, training or a command
 * @param training the whole of it; {@code evaluation} may do a part
 * @param seed of weights, order of images and augmentation: a function of search and trial, never
 *     of the attempt
 */
public record Assignment(
    TrialId trial,
    int attempt,
    Stage stage,
    NetworkPlan plan,
    DatasetRef dataset,
    Split split,
    Evaluation evaluation,
    Training training,
    Profiling profiling,
    long seed) {}
