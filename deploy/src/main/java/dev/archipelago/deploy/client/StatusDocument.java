package dev.archipelago.deploy.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one search but its trials.
 *
 * @param rungs of the schedule, the lowest first
 * @param simulatedWorkers of a search on a table; null where real workers train
 * @param forecast what it will cost; null before enough of its trials have ended
 */
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
    @Nullable List<String> rungs,
    @Nullable Integer simulatedWorkers,
    @Nullable TrialCounts trials,
    @Nullable List<ArmDocument> arms,
    @Nullable NetworkDocument winner,
    @Nullable String sentence,
    @Nullable ForecastDocument forecast,
    @Nullable String stateHash) {

  /** The rungs; none from a server that does not say. */
  public List<String> rungsOrNone() {
    return rungs == null ? List.of() : rungs;
  }

  /** The arms; none before the search has begun. */
  public List<ArmDocument> armsOrNone() {
    return arms == null ? List.of() : arms;
  }
}
