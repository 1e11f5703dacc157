package dev.archipelago.protocol.trial;

import java.time.Duration;

/** Time of one forward pass of a batch on the worker's device. */
public record Latency(int batchSize, Duration p50, Duration p95) {}
