package dev.archipelago.controller.strategy.shared;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Draws networks that differ: each is drawn again until it is none that is known, or that took too
 * many attempts. Architectures of one canonical form are one network.
 */
public final class Different {
  private final SearchSpace space;
  private final int attempts;
  private final Set<String> known = new HashSet<>();

  /**
   * Knows none yet.
   *
   * @param attempts at a network, at least 1; the last is taken as it comes
   */
  public Different(SearchSpace space, int attempts) {
    this.space = space;
    this.attempts = attempts;
  }

  /** One that is not to come any more. */
  public void know(Architecture architecture) {
    known.add(space.canonical(architecture));
  }

  /**
   * One more, which is known from now on.
   *
   * @param draws by number of the attempt, from 0
   */
  public Architecture next(IntFunction<Architecture> draws) {
    Architecture next = draws.apply(0);
    for (int attempt = 1; attempt < attempts && isKnown(next); attempt++) {
      next = draws.apply(attempt);
    }
    know(next);
    return next;
  }

  private boolean isKnown(Architecture architecture) {
    return known.contains(space.canonical(architecture));
  }
}
