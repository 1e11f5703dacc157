package dev.archipelago.controller.schedule;

import dev.archipelago.protocol.trial.SearchId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Gives a free worker to the search with the fewest attempts under way: every search gets the same
 * share of the workers that it can use, and what one cannot use goes to the others. Among equals
 * one that not every worker would do for comes first, since the next worker may not; then the
 * oldest.
 */
public final class FairShare {

  /**
   * A search that may have work.
   *
   * @param underWay its attempts that run, and its lease requests that are not answered yet
   * @param choosy whether only some workers may take its trials
   */
  public record Claim(SearchId search, int underWay, boolean choosy) {}

  private FairShare() {}

  public static Optional<SearchId> next(Collection<Claim> claims) {
    return claims.stream()
        .min(
            Comparator.comparingInt(Claim::underWay)
                .thenComparing(claim -> !claim.choosy())
                .thenComparing(Claim::search))
        .map(Claim::search);
  }
}
