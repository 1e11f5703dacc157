package dev.archipelago.deploy.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A search to be started.
 *
 * @param spec the YAML text
 * @param file what the text is called in messages
 * @param set changes to the spec, each {@code key=value}
 * @param name instead of the spec's own
 */
public record Submission(String spec, String file, List<String> set, Optional<String> name) {
  public Submission {
    set = List.copyOf(set);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("spec", spec).put("file", file);
    ArrayNode changes = json.putArray("set");
    set.forEach(changes::add);
    name.ifPresent(given -> json.put("name", given));
    return json;
  }
}
