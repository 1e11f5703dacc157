package dev.archipelago.deploy.client;

/** Nobody answers at the endpoint, at least not now. */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreachableException(Endpoint endpoint, Throwable cause) {
    super("no controller answers at " + endpoint + " (" + reason(cause) + ")", cause);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? "connection refused" : message;
  }
}
