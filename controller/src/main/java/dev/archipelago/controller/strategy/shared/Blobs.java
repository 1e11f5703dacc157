package dev.archipelago.controller.strategy.shared;

import dev.archipelago.protocol.trial.Round.Weights;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which blobs of shared weights count, by their SHA-256.
 *
 * @param current those that the next round begins with, merged; empty before any training
 * @param unneeded left by the phase that ended last; nothing will ever begin with them
 */
public record Blobs(List<String> current, List<String> unneeded) {
  public static final Blobs NONE = new Blobs(List.of(), List.of());

  public Blobs {
    current = List.copyOf(current);
    unneeded = List.copyOf(unneeded);
  }

  /**
   * After rounds of training. Where none came through, the weights before it are still the best
   * there is.
   *
   * @param left by those that did, in the order of their proposals
   */
  Blobs trained(List<String> left) {
    return left.isEmpty() ? kept(left) : next(left, left);
  }

  /**
   * After rounds that changed no weight: they have left what they began with, several blobs merged
   * to one. Workers' sums may differ in the last bits; the first counts.
   */
  Blobs kept(List<String> left) {
    return next(left.isEmpty() ? current : left.subList(0, 1), left);
  }

  private Blobs next(List<String> needed, List<String> left) {
    Set<String> rest = new LinkedHashSet<>(current);
    rest.addAll(left);
    needed.forEach(rest::remove);
    return new Blobs(needed, new ArrayList<>(rest));
  }

  /** With which a round begins. */
  Weights weights(long seed) {
    return current.isEmpty() ? new Weights.Fresh(seed) : new Weights.Stored(current);
  }
}
