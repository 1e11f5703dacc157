package dev.archipelago.deploy.exit;

/**
 * A command that cannot go on. The message is all that the user sees of it: it says what is wrong
 * and what to do about it.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private CommandException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  private CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The input is wrong: exit code 2. */
  public static CommandException badInput(String message) {
    return new CommandException(ExitCode.BAD_INPUT, message);
  }

  /** The work failed: exit code 1. */
  public static CommandException failed(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  /** The work failed: exit code 1. */
  public static CommandException failed(String message, Throwable cause) {
    return new CommandException(ExitCode.FAILED, message, cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** The message; never null, which {@link Throwable#getMessage} cannot promise. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
