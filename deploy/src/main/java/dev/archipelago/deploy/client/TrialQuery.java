package dev.archipelago.deploy.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Which trials to list; an empty filter lets everything pass.
 *
 * @param offset how many of those that match are skipped
 * @param limit at most so many
 */
public record TrialQuery(
    Optional<String> arm, Optional<String> state, Optional<String> stage, int offset, int limit) {

  public static TrialQuery all() {
    return new TrialQuery(Optional.empty(), Optional.empty(), Optional.empty(), 0, 500);
  }

  public TrialQuery from(int other) {
    return new TrialQuery(arm, state, stage, other, limit);
  }

  String toQuery() {
    StringJoiner query = new StringJoiner("&", "?", "");
    arm.ifPresent(value -> query.add("arm=" + encode(value)));
    state.ifPresent(value -> query.add("state=" + encode(value)));
    stage.ifPresent(value -> query.add("stage=" + encode(value)));
    return query.add("offset=" + offset).add("limit=" + limit).toString();
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
