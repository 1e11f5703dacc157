package dev.archipelago.deploy.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One trial.
 *
 * @param configuration its number among the proposals of its arm; null in later stages
 * @param rung how far the schedule trains it, {@code 3} or {@code synflow}; null in later stages
 * @param continues number of the trial of the same configuration whose training it continues
 * @param lentBy number of a trial with the same function whose score it took over
 * @param inherits number of the trial with whose weights it began
 * @param cumulativeEpochs epochs behind the weights that it ends with, its ancestors' among them;
 *     null where it inherits nothing
 * @param round what it did on shared weights; null where it trained a network of its own
 * @param energyJoules that the device drew in training; null where it does not count
 * @param metrics other numbers by name: a proxy's score, what a user's program wrote
 * @param state as in {@code TrialState}: RUNNING, WAITING, COMPLETED, FAILED, REJECTED, CANCELLED
 */
public record TrialDocument(
    int number,
    String arm,
    String stage,
    String state,
    int attempt,
    @Nullable String worker,
    @Nullable Map<String, String> architecture,
    @Nullable String fingerprint,
    @Nullable Integer configuration,
    @Nullable String rung,
    @Nullable Integer continues,
    @Nullable Integer lentBy,
    @Nullable Integer inherits,
    @Nullable Integer cumulativeEpochs,
    @Nullable RoundDocument round,
    @Nullable Double reward,
    @Nullable Double validationAccuracy,
    @Nullable Double validationLoss,
    @Nullable Double latencyP50Micros,
    @Nullable Double latencyP95Micros,
    @Nullable Integer latencyBatch,
    @Nullable Double batchLatencyP50Micros,
    @Nullable Double batchLatencyP95Micros,
    @Nullable Long params,
    @Nullable Long flops,
    @Nullable Integer epochs,
    @Nullable Double trainSeconds,
    @Nullable Double imagesPerSecond,
    @Nullable Long peakBytes,
    @Nullable Double deviceSeconds,
    @Nullable Double energyJoules,
    @Nullable String device,
    @Nullable String engine,
    @Nullable Map<String, Double> metrics,
    @Nullable FailureDocument failure) {

  /** The other numbers; none before it has ended. */
  public Map<String, Double> metricsOrNone() {
    return metrics == null ? Map.of() : metrics;
  }

  /** Whether nothing more will happen to it. */
  public boolean isOver() {
    return switch (state) {
      case "COMPLETED", "FAILED", "REJECTED", "CANCELLED" -> true;
      default -> false;
    };
  }
}
