package dev.archipelago.protocol.trial;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a worker saw of a trained network.
 *
 * @param validation after the last epoch; empty in stage {@link Stage#FINAL}
 * @param test only in stage {@link Stage#FINAL}
 * @param latency batch 1 first, then the chosen batch; empty where nothing was measured
 * @param params trained numbers that the engine really holds
 * @param flops multiply-accumulates of one example, from the plan
 * @param trainSeconds training alone, without loading, validation and profiling
 * @param peakBytes the process's largest resident memory while the trial ran
 * @param device what it ran on, {@code cpu} or {@code cuda:0}
 * @param deviceSeconds the whole attempt, from loading to profiling: what it cost
 * @param metrics other numbers by name: a proxy's score, what a user's program wrote
 * @param checkpoint SHA-256 of the blob from which a later trial may go on, 64 hexadecimal digits
 * @param round what a round on shared weights found; empty for a network of one's own
 * @param energyJoules that the device drew while it trained, validation after each epoch included;
 *     whatever other processes did on the device is in it, too. Empty where it has no counter, as
 *     CPUs have none
 */
public record Measurement(
    Optional<Score> validation,
    Optional<TestScore> test,
    List<Epoch> curve,
    List<Latency> latency,
    long params,
    long flops,
    double trainSeconds,
    double imagesPerSecond,
    long peakBytes,
    String device,
    String engine,
    double deviceSeconds,
    Map<String, Double> metrics,
    Optional<String> checkpoint,
    Optional<RoundReport> round,
    OptionalDouble energyJoules) {
  public Measurement {
    curve = List.copyOf(curve);
    latency = List.copyOf(latency);
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }
}
