package dev.archipelago.deploy.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One trial.
 *
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
    @Nullable Double reward,
    @Nullable Double validationAccuracy,
    @Nullable Double validationLoss,
    @Nullable Double latencyP50Micros,
    @Nullable Double latencyP95Micros,
    @Nullable Long params,
    @Nullable Long flops,
    @Nullable Integer epochs,
    @Nullable Double trainSeconds,
    @Nullable Double imagesPerSecond,
    @Nullable Long peakBytes,
    @Nullable FailureDocument failure) {

  /** Whether nothing more will happen to it. */
  public boolean isOver() {
    return switch (state) {
      case "COMPLETED", "FAILED", "REJECTED", "CANCELLED" -> true;
      default -> false;
    };
  }
}
