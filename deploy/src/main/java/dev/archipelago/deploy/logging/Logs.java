package dev.archipelago.deploy.logging;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Says where log lines go. To be called before anything logs: Logback reads it once, through {@link
 * LogSetup}.
 */
public final class Logs {
  static final String FILE = "archipelago.log.file";
  static final String CONSOLE = "archipelago.log.console";

  private Logs() {}

  /** For a command that people look at: everything to the file, errors to standard error. */
  public static void toFile(Path file) {
    System.setProperty(FILE, file.toString());
    begin("ERROR");
  }

  /** For a process that serves: to the file and to standard error. */
  public static void toFileAndConsole(Path file) {
    System.setProperty(FILE, file.toString());
    begin("INFO");
  }

  /** For a child whose standard error is a file already. */
  public static void toConsole() {
    begin("INFO");
  }

  /** Here and now, while there is one thread: Logback complains of several. */
  private static void begin(String consoleLevel) {
    System.setProperty(CONSOLE, consoleLevel);
    LoggerFactory.getLogger(Logs.class);
  }
}
