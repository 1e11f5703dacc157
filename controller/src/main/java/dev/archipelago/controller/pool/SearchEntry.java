package dev.archipelago.controller.pool;

import dev.archipelago.controller.search.SearchNews;
import dev.archipelago.controller.spec.Placement;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.WorkerId;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * A search as the pool knows it.
 *
 * @param why its latest reason to have no work; empty where that is not so
 * @param unfit workers whose engine cannot do what comes next, until it offers again, and why
 * @param fittedNanos monotonic time at which some worker fitted, or of the first offer
 * @param unplaced why no worker fits, as the search was told; empty where one does
 */
record SearchEntry(
    SearchId id,
    boolean hasWork,
    int running,
    String why,
    Placement placement,
    PMap<WorkerId, String> unfit,
    long fittedNanos,
    String unplaced) {

  static SearchEntry discovered(SearchNews.Offer offer, long nanos) {
    return new SearchEntry(
        offer.search(),
        offer.hasWork(),
        offer.running(),
        "",
        offer.placement(),
        HashTreePMap.empty(),
        nanos,
        "");
  }

  SearchEntry offered(SearchNews.Offer offer) {
    return new SearchEntry(
        id,
        offer.hasWork(),
        offer.running(),
        offer.hasWork() ? "" : why,
        offer.placement(),
        HashTreePMap.empty(),
        fittedNanos,
        unplaced);
  }

  SearchEntry granted() {
    return new SearchEntry(id, hasWork, running + 1, "", placement, unfit, fittedNanos, unplaced);
  }

  SearchEntry idle(String reason) {
    return new SearchEntry(id, false, running, reason, placement, unfit, fittedNanos, unplaced);
  }

  SearchEntry unfit(WorkerId worker, String reason) {
    return new SearchEntry(
        id, hasWork, running, why, placement, unfit.plus(worker, reason), fittedNanos, unplaced);
  }

  SearchEntry fitted(long nanos) {
    return new SearchEntry(id, hasWork, running, why, placement, unfit, nanos, unplaced);
  }

  SearchEntry unplaced(String reason) {
    return new SearchEntry(id, hasWork, running, why, placement, unfit, fittedNanos, reason);
  }

  /** Why this worker may not take its trials now, as it stands after its id; empty where it may. */
  Optional<String> obstacle(WorkerEntry worker) {
    return Fit.obstacle(placement, worker.description())
        .map(found -> "wants " + placement + "; this is " + found)
        .or(() -> Optional.ofNullable(unfit.get(worker.id())));
  }

  /** Why it has nothing for this worker. */
  String whyIdle(WorkerEntry worker) {
    return obstacle(worker).orElse(why.isEmpty() ? "has no work now" : why);
  }

  /** Whether another worker may not do in place of this one. */
  boolean isChoosy() {
    return !placement.isAny() || !unfit.isEmpty();
  }
}
