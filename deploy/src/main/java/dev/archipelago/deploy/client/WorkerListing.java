package dev.archipelago.deploy.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All workers that a controller knows. */
public record WorkerListing(List<Worker> workers) {

  /**
   * One worker process.
   *
   * @param state training, idle or lost
   * @param lossNats null before the first step
   */
  public record Worker(
      String name,
      @Nullable String incarnation,
      @Nullable String host,
      @Nullable Long pid,
      @Nullable String device,
      @Nullable String engine,
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
