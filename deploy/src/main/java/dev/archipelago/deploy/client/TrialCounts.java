package dev.archipelago.deploy.client;

/** How many trials of a search are in which state; all arms and stages together. */
public record TrialCounts(int completed, int failed, int rejected, int running, int waiting) {}
