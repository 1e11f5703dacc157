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
   */
  Blobs trained(List<String> left) {
    return left.isEmpty() ? kept(left) : new Blobs(left, without(left, current));
  }

  /** After rounds that changed nothing, but may have stored the merged weights anew. */
  Blobs kept(List<String> left) {
    return new Blobs(current, without(current, left));
  }

  private static List<String> without(List<String> needed, List<String> some) {
    Set<String> rest = new LinkedHashSet<>(some);
    needed.forEach(rest::remove);
    return new ArrayList<>(rest);
  }

  /** With which a round begins. */
  Weights weights(long seed) {
    return current.isEmpty() ? new Weights.Fresh(seed) : new Weights.Stored(current);
  }
}
