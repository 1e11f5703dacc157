package dev.archipelago.deploy.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one search but its trials. */
public record StatusDocument(
    String id,
    String name,
    SearchState state,
    @Nullable String phase,
    @Nullable String reason,
    @Nullable String created,
    double runningSeconds,
    @Nullable String strategy,
    @Nullable String dataset,
    @Nullable Long seed,
    @Nullable String objective,
    @Nullable BudgetDocument budget,
    @Nullable TrialCounts trials,
    @Nullable List<ArmDocument> arms,
    @Nullable NetworkDocument winner,
    @Nullable String sentence,
    @Nullable String stateHash) {

  /** The arms; none before the search has begun. */
  public List<ArmDocument> armsOrNone() {
    return arms == null ? List.of() : arms;
  }
}
