package dev.archipelago.protocol.trial;

/**
 * Why a trial has no measurement: a value that is journalled and told to the strategy.
 *
 * @param retryable whether another attempt may end otherwise
 * @param message for a person; says what happened and, where there is one, the remedy
 * @param deviceSeconds that the failed attempt took of its worker's time; 0 where nobody knows, as
 *     of a process that died
 */
public record TrialFailure(
    Category category, boolean retryable, String message, double deviceSeconds) {

  public TrialFailure(Category category, boolean retryable, String message) {
    this(category, retryable, message, 0);
  }

  /** The same, after so much of a worker's time. */
  public TrialFailure after(double seconds) {
    return new TrialFailure(category, retryable, message, seconds);
  }

  /** The kinds of failure that a user tells apart. */
  public enum Category {
    /** Loss or weights became NaN or infinite. */
    DIVERGED,
    /** The network and its batch do not fit the device. */
    OUT_OF_MEMORY,
    /** The plan cannot be built, or breaks a limit of the spec. */
    INVALID_PLAN,
    /** The worker's process died inside the engine's native code. */
    ENGINE_CRASH,
    /** The lease ran out, or the process went away, too often. */
    WORKER_LOST,
    /** It ran longer than the spec allows. */
    TIMEOUT,
    /** The data set could not be read. */
    DATA,
    /** The user's own program failed, or wrote no result. */
    PROGRAM
  }
}
