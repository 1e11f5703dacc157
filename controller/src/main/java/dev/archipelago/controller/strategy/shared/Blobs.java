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
 * @param unneeded left by phases that ended and not released yet; nothing will ever begin with them
 */
public record Blobs(List<String> current, List<String> unneeded) {
  public static final Blobs NONE = new Blobs(List.of(), List.of());

  /** Each takes 66 bytes of a round's message; what is more goes with later rounds. */
  public static final int MOST_RELEASED = 200;

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
    Set<String> rest = new LinkedHashSet<>(unneeded);
    rest.addAll(current);
    rest.addAll(left);
    needed.forEach(rest::remove);
    return new Blobs(needed, new ArrayList<>(rest));
  }

  /** After a round that {@link #toRelease released} some: the worker has removed them. */
  Blobs released() {
    return new Blobs(current, afterRelease(unneeded));
  }

  /** The blobs that the next round releases, out of all that may go. */
  public static List<String> toRelease(List<String> unneeded) {
    return unneeded.subList(0, Math.min(MOST_RELEASED, unneeded.size()));
  }

  /** The blobs that are left after it. */
  public static List<String> afterRelease(List<String> unneeded) {
    return unneeded.subList(Math.min(MOST_RELEASED, unneeded.size()), unneeded.size());
  }

  /**
   * With which a round begins.
   *
   * @param blobs to be merged; none before any training
   * @param seed of the first weights
   */
  public static Weights weights(List<String> blobs, long seed) {
    return blobs.isEmpty() ? new Weights.Fresh(seed) : new Weights.Stored(blobs);
  }
}
