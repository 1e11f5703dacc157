package dev.archipelago.controller.pool;

import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Lease requests that no search has answered yet. One is not answered where its search has moved or
 * died: it is forgotten after a while, and the worker's next pull asks again.
 */
final class Requests {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private record Request(SearchId search, WorkerId worker, long sentNanos) {}

  private final List<Request> sent = new ArrayList<>();

  void add(SearchId search, WorkerId worker, long nowNanos) {
    sent.add(new Request(search, worker, nowNanos));
  }

  /** The search has answered one for this worker. */
  void answered(SearchId search, WorkerId worker) {
    for (int i = 0; i < sent.size(); i++) {
      Request request = sent.get(i);
      if (request.search().equals(search) && request.worker().equals(worker)) {
        sent.remove(i);
        return;
      }
    }
  }

  int to(SearchId search) {
    return (int) sent.stream().filter(request -> request.search().equals(search)).count();
  }

  int onBehalfOf(WorkerId worker) {
    return (int) sent.stream().filter(request -> request.worker().equals(worker)).count();
  }

  void forget(WorkerId worker) {
    sent.removeIf(request -> request.worker().equals(worker));
  }

  void expire(long nowNanos) {
    sent.removeIf(request -> nowNanos - request.sentNanos() > ANSWER_WITHIN.toNanos());
  }
}
