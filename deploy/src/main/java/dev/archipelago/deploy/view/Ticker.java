package dev.archipelago.deploy.view;

/** Time and the user's patience, as a follower sees them. */
public interface Ticker {

  /** Waits until the next look; false when the user wants to stop. */
  boolean next();

  /** A monotonic clock. */
  long nanos();
}
