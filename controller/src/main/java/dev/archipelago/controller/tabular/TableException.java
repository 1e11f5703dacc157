package dev.archipelago.controller.tabular;

/** A table that cannot be read; the message names file, line and column and what was expected. */
public final class TableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TableException(String message) {
    super(message);
  }

  public TableException(String message, Throwable cause) {
    super(message, cause);
  }
}
