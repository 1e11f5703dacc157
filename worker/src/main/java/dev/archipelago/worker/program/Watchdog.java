package dev.archipelago.worker.program;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a program does not outlive its worker, however that dies: a shell that waits for
 * the end of its standard input, which the kernel closes with the worker, and then kills the
 * program's process group. Closing it kills the group too, so that nothing stays behind that the
 * program has started; the program itself is then the worker's to end.
 *
 * <p>Where there is no {@code /bin/sh}, a program may outlive a worker that is killed.
 */
final class Watchdog implements AutoCloseable {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path NEW_SESSION = Path.of("/usr/bin/setsid");

  /**
   * The process's number is {@code $0}. Without a session of its own it has no group to kill: then
   * the process alone is killed, though not once a line came, because the worker has reaped it and
   * its number may be another's. What ends the worker from the terminal must not end the shell
   * before it has done its work.
   */
  private static final String SCRIPT =
      "trap '' INT QUIT TERM HUP; read -r closed;"
          + " kill -9 -$0 2>/dev/null || [ \"$closed\" ] || kill -9 $0 2>/dev/null";

  private static final byte[] CLOSED = "closed\n".getBytes(StandardCharsets.US_ASCII);

  private final @Nullable Process shell;

  private Watchdog(@Nullable Process shell) {
    this.shell = shell;
  }

  /**
   * The command in a session and group of its own, where the system can: the terminal's Ctrl-C is
   * the worker's to answer, and the group can be killed as a whole.
   */
  static List<String> inOwnGroup(List<String> command) {
    List<String> wrapped = new ArrayList<>();
    if (Files.isExecutable(NEW_SESSION)) {
      wrapped.add(NEW_SESSION.toString());
    }
    wrapped.addAll(command);
    return wrapped;
  }

  static Watchdog over(long pid) throws IOException {
    return Files.isExecutable(SHELL) ? new Watchdog(shell(pid).start()) : new Watchdog(null);
  }

  static ProcessBuilder shell(long pid) {
    return new ProcessBuilder(SHELL.toString(), "-c", SCRIPT, Long.toString(pid))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  @Override
  public void close() {
    if (shell == null) {
      return;
    }
    try (OutputStream in = shell.getOutputStream()) {
      in.write(CLOSED);
    } catch (IOException e) {
      // It is closed already, or somebody has killed the shell.
    }
    try {
      shell.waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
