package dev.archipelago.deploy.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the strategies that a search runs side by side.
 *
 * @param trained configurations that were begun and broke no limit: these count for the budget
 * @param deviceSeconds of workers' time that its trials took in phase search
 * @param match what a baseline gets the same of: {@code device-seconds} or {@code trials}
 * @param rungs trials on each rung, where there are several
 * @param remarks what the strategy has to say of how it went
 */
public record ArmDocument(
    String arm,
    String strategy,
    @Nullable String phase,
    int proposed,
    @Nullable Integer trained,
    @Nullable Double deviceSeconds,
    @Nullable String match,
    int completed,
    int failed,
    int rejected,
    int running,
    @Nullable List<RungCounts> rungs,
    @Nullable List<String> remarks,
    @Nullable ArmBest best) {

  /** How many trials of a rung are in which state. */
  public record RungCounts(String rung, int completed, int failed, int running, int waiting) {}

  /** What its strategy has to say; often nothing. */
  public List<String> remarksOrNone() {
    return remarks == null ? List.of() : remarks;
  }

  /** The rungs; none where every configuration is trained to the end. */
  public List<RungCounts> rungsOrNone() {
    return rungs == null ? List.of() : rungs;
  }
}
