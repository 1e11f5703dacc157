package dev.archipelago.deploy.client;

/** An answer other than the one asked for; the message is the server's, meant for the user. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Whether the request itself was wrong, so that the same again would fail again. */
  public boolean isRefusal() {
    return status >= 400 && status < 500 && status != 408 && status != 429;
  }
}
