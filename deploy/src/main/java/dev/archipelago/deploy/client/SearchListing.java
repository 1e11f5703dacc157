package dev.archipelago.deploy.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All searches that a controller knows. */
public record SearchListing(List<Entry> searches) {

  /** One line of the list. */
  public record Entry(
      String id,
      String name,
      SearchState state,
      @Nullable String created,
      @Nullable String strategy,
      @Nullable String dataset,
      @Nullable TrialCounts trials,
      @Nullable Double bestReward) {}
}
