package dev.archipelago.controller.search;

import dev.archipelago.protocol.trial.SearchId;
import java.util.List;
import java.util.Optional;

/**
 * The table of all searches: what there is, without waking any.
 *
 * <p>{@link #register} and the queries block; {@link #update} does not.
 */
public interface SearchRegistry {

  /** A row of the table; {@code summary} is the JSON document of {@code list}. */
  record Entry(SearchId id, SearchStatus status, String summary) {}

  /** Adds a search before it starts, so that no crash can lose sight of it. */
  void register(SearchId id, String summary);

  /** Writes its row soon; a later update of the same search may overtake it. */
  void update(Entry entry);

  /** Removes a search that never started. */
  void forget(SearchId id);

  /** All searches, the oldest first. */
  List<Entry> all();

  /** One of them. */
  default Optional<Entry> find(SearchId id) {
    return all().stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /** The searches that want workers. */
  default List<SearchId> running() {
    return all().stream()
        .filter(entry -> entry.status() == SearchStatus.RUNNING)
        .map(Entry::id)
        .toList();
  }
}
