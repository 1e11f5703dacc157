package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.SearchListing;
import dev.archipelago.deploy.client.SearchState;
import dev.archipelago.deploy.exit.CommandException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which search is meant where none is named. Ids sort by time. */
final class Searches {
  private Searches() {}

  /** The one that is named, else the newest. */
  static String namedOrNewest(ApiClient client, @Nullable String id) {
    return namedOrNewest(client, id, entry -> true, "there is no search yet");
  }

  /** The one that is named, else the newest that can go on. */
  static String namedOrOpen(ApiClient client, @Nullable String id) {
    return namedOrNewest(
        client, id, entry -> !entry.state().isOver(), "there is no search to resume: all are over");
  }

  private static String namedOrNewest(
      ApiClient client,
      @Nullable String id,
      Predicate<SearchListing.Entry> eligible,
      String otherwise) {
    if (id != null) {
      return id;
    }
    return newest(client.searches().value().searches(), eligible)
        .orElseThrow(() -> CommandException.badInput(otherwise));
  }

  private static Optional<String> newest(
      List<SearchListing.Entry> searches, Predicate<SearchListing.Entry> eligible) {
    return searches.stream()
        .filter(eligible)
        .map(SearchListing.Entry::id)
        .max(Comparator.naturalOrder());
  }

  /** Those that are running. */
  static List<String> running(ApiClient client) {
    return client.searches().value().searches().stream()
        .filter(entry -> entry.state() == SearchState.RUNNING)
        .map(SearchListing.Entry::id)
        .toList();
  }
}
