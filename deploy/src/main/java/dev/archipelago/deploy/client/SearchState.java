package dev.archipelago.deploy.client;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Where a search stands, in the API's words. */
public enum SearchState {
  RUNNING,
  PAUSED,
  COMPLETED,
  CANCELLED,
  FAILED,
  /** A word of a newer server. */
  @JsonEnumDefaultValue
  UNKNOWN;

  /** Whether nothing more will happen to it. */
  public boolean isOver() {
    return this == COMPLETED || this == CANCELLED || this == FAILED;
  }
}
