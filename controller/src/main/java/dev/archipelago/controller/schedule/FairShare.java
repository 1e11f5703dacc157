package dev.archipelago.controller.schedule;

import dev.archipelago.protocol.trial.SearchId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Gives a free worker to the search with the fewest attempts under way, the oldest first among
 * equals: every search gets the same share of the workers, and what one cannot use goes to the
 * others.
 */
public final class FairShare {

  /**
   * A search that may have work.
   *
   * @param underWay its attempts that run, and its lease requests that are not answered yet
   */
  public record Claim(SearchId search, int underWay) {}

  private FairShare() {}

  public static Optional<SearchId> next(Collection<Claim> claims) {
    return claims.stream()
        .min(Comparator.comparingInt(Claim::underWay).thenComparing(Claim::search))
        .map(Claim::search);
  }
}
