package dev.archipelago.controller.search;

import akka.actor.typed.ActorRef;
import dev.archipelago.controller.spec.Placement;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import org.jspecify.annotations.Nullable;

/** What a search tells the pool of workers; nothing before the pool has made itself known. */
final class PoolLine {
  private final SearchId id;
  private @Nullable ActorRef<SearchNews> pool;

  PoolLine(SearchId id) {
    this.id = id;
  }

  void connect(ActorRef<SearchNews> to) {
    pool = to;
  }

  /** Whether there may be work for the pool's workers; a table's are none of its. */
  void offer(Search search) {
    int running = (int) search.runningTrials().count();
    boolean hasWork = search.status() == SearchStatus.RUNNING && search.table().isEmpty();
    tell(
        new SearchNews.Offer(
            id, hasWork, running, search.status().isOver(), search.spec().placement()));
  }

  /** There is no such search. */
  void offerNothing() {
    tell(new SearchNews.Offer(id, false, 0, true, Placement.ANY));
  }

  void cancel(WorkerId worker, Attempt attempt) {
    tell(new SearchNews.CancelAttempt(worker, attempt));
  }

  private void tell(SearchNews news) {
    if (pool != null) {
      pool.tell(news);
    }
  }
}
