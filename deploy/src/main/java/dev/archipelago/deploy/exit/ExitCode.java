package dev.archipelago.deploy.exit;

/** What the process says to its shell. */
public enum ExitCode {
  /** Done. */
  OK(0),
  /** The input was right, but the work could not be done. */
  FAILED(1),
  /** The input was wrong; nothing was started. */
  BAD_INPUT(2),
  /** Stopped by Ctrl-C; what was under way can be taken up again. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
