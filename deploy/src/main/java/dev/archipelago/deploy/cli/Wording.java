package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.deploy.client.SearchState;
import java.util.Locale;

/**
 * States in words. A search that the journal calls running, while nobody runs it, is interrupted.
 */
final class Wording {
  private Wording() {}

  static String state(SearchState state, boolean journalOnly) {
    return journalOnly && state == SearchState.RUNNING
        ? "interrupted"
        : state.name().toLowerCase(Locale.ROOT);
  }

  /** Adds {@code "interrupted": true} to a search's document where that is so. */
  static void mark(JsonNode search, boolean journalOnly) {
    if (journalOnly
        && search instanceof ObjectNode document
        && document.path("state").asText().equals(SearchState.RUNNING.name())) {
      document.put("interrupted", true);
    }
  }
}
