package dev.archipelago.controller.spec;

/** A spec that is refused; the message names file, line, key and what is allowed there. */
public final class SpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SpecException(String message) {
    super(message);
  }
}
