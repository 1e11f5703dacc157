package dev.archipelago.controller.search;

import dev.archipelago.protocol.wire.WireMessage;
import java.util.Optional;

/** What a search's journal folds to, and what a snapshot holds. Empty before the first commit. */
public record SearchState(Optional<Search> search) implements WireMessage {
  static final SearchState EMPTY = new SearchState(Optional.empty());
}
