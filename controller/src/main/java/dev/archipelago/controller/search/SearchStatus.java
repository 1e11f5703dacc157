package dev.archipelago.controller.search;

/** Whether a search goes on. */
public enum SearchStatus {
  RUNNING,
  PAUSED,
  COMPLETED,
  CANCELLED,
  FAILED;

  public boolean isOver() {
    return this != RUNNING && this != PAUSED;
  }
}
