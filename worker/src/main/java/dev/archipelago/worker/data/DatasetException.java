package dev.archipelago.worker.data;

/**
 * A data set that cannot be used: unknown, missing, corrupted, or not what was expected.
 *
 * <p>The message is for the user: which file, what was expected and found, and what to do about it.
 */
public final class DatasetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
