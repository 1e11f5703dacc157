package dev.archipelago.deploy.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All workers that a controller knows. */
public record WorkerListing(List<Worker> workers, @Nullable List<Waiting> waiting) {

  /** Searches that no worker fits; none from a server that does not say. */
  public List<Waiting> waitingOrNone() {
    return waiting == null ? List.of() : waiting;
  }

  /** A search that has work and no worker for it. */
  public record Waiting(String search, String why) {}

  /**
   * One worker process.
   *
   * @param state training, idle or lost
   * @param deviceDeclared whether it only stands for this device, in a drill
   * @param deviceUtilization from 0 to 1; null where nobody watches it
   * @param lossNats null before the first step
   */
  public record Worker(
      String name,
      @Nullable String incarnation,
      @Nullable String host,
      @Nullable Long pid,
      @Nullable String device,
      @Nullable String deviceKind,
      @Nullable String deviceName,
      @Nullable Long deviceMemoryBytes,
      @Nullable Boolean deviceDeclared,
      @Nullable Double deviceUtilization,
      @Nullable Long deviceUsedBytes,
      @Nullable Double devicePowerWatts,
      @Nullable String engine,
      @Nullable List<String> capabilities,
      String state,
      @Nullable Task trial,
      @Nullable String phase,
      @Nullable Integer epoch,
      @Nullable Integer epochs,
      @Nullable Double imagesPerSecond,
      @Nullable Double lossNats,
      @Nullable Double secondsSinceHeartbeat,
      @Nullable String idleReason) {}

  /** What a worker is busy with. */
  public record Task(String search, int number, int attempt) {}
}
