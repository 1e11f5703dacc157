package dev.archipelago.controller.search;

import dev.archipelago.controller.spec.Placement;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.WireMessage;

/** What a search says to the pool. */
public sealed interface SearchNews extends WireMessage {

  /** The lease is in the journal: the worker may begin. */
  record Granted(WorkerId worker, Assignment assignment) implements SearchNews {}

  /** Nothing for this worker now; the search will offer again. */
  record NoWork(SearchId search, WorkerId worker, String why) implements SearchNews {}

  /** There is work, but not for the engine of this worker; the search will offer again. */
  record Unfit(SearchId search, WorkerId worker, String why) implements SearchNews {}

  /**
   * Where the search stands: whether it may have work, how many of its trials run, and which
   * workers may take them.
   */
  record Offer(SearchId search, boolean hasWork, int running, boolean over, Placement placement)
      implements SearchNews {}

  /** Nobody waits for this attempt any more. */
  record CancelAttempt(WorkerId worker, Attempt attempt) implements SearchNews {}
}
