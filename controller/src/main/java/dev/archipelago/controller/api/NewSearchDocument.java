package dev.archipelago.controller.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.controller.search.SearchStatus;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.protocol.trial.SearchId;

/** The row of a search that is about to start. */
final class NewSearchDocument {
  private NewSearchDocument() {}

  static ObjectNode of(SearchId id, String name, SearchSpec spec) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id.value())
            .put("name", name)
            .put("state", SearchStatus.RUNNING.name())
            .put("strategy", spec.strategy().kind())
            .put("dataset", spec.dataset().name());
    node.putObject("trials").put("completed", 0).put("failed", 0).put("running", 0);
    return node;
  }
}
