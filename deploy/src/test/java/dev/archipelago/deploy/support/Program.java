package dev.archipelago.deploy.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The program as its users start it: a JVM of its own on a data directory of its own.
 *
 * <p>Runs what was packaged, where the system property {@code archipelago.lib} says so, else the
 * class path of the test. Closing kills whatever still runs.
 */
public final class Program implements AutoCloseable {
  private static final String MAIN = "dev.archipelago.deploy.Main";
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final Path dataDirectory;
  private final Map<String, String> environment;
  private final List<Running> started = new ArrayList<>();

  /** What a finished command said. */
  public record Result(int exit, String out, String err) {}

  public Program(Path dataDirectory) {
    this(dataDirectory, Map.of());
  }

  /**
   * @param environment beside {@code ARCHIPELAGO_DATA_DIR} and what this process has
   */
  public Program(Path dataDirectory, Map<String, String> environment) {
    this.dataDirectory = dataDirectory;
    this.environment = Map.copyOf(environment);
  }

  public Path dataDirectory() {
    return dataDirectory;
  }

  /** Runs a command to its end. */
  public Result run(String... arguments) {
    return start(arguments).result();
  }

  /** Starts a command. */
  public Running start(String... arguments) {
    String lib = System.getProperty("archipelago.lib");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1"); // it lives for seconds: C2 would compile in vain
    if (lib != null) {
      command.add("-XX:SharedArchiveFile=" + Path.of(lib).resolveSibling("classes.jsa"));
      command.add("-Xlog:cds*=off");
    }
    command.add("-cp");
    command.add(lib == null ? System.getProperty("java.class.path") : lib + "/*");
    command.add(MAIN);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("ARCHIPELAGO_"));
    builder.environment().put("ARCHIPELAGO_DATA_DIR", dataDirectory.toString());
    builder.environment().putAll(environment);
    try {
      Running running = new Running(builder.start());
      started.add(running);
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    started.forEach(Running::kill);
  }

  /** A command under way. */
  public static final class Running {
    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final Thread outReader;
    private final Thread errReader;

    private Running(Process process) {
      this.process = process;
      this.outReader = collect(process.inputReader(), out);
      this.errReader = collect(process.errorReader(), err);
    }

    private static Thread collect(BufferedReader from, List<String> to) {
      Thread thread =
          new Thread(
              () -> {
                try (from) {
                  from.lines().forEach(to::add);
                } catch (IOException | UncheckedIOException e) {
                  to.add("(" + e.getMessage() + ")");
                }
              });
      thread.setDaemon(true);
      thread.start();
      return thread;
    }

    public long pid() {
      return process.pid();
    }

    public boolean isAlive() {
      return process.isAlive();
    }

    /** Its child processes: the workers, and one that stands by. */
    public List<ProcessHandle> children() {
      return process.children().toList();
    }

    public List<String> out() {
      return List.copyOf(out);
    }

    public List<String> err() {
      return List.copyOf(err);
    }

    /** Waits until standard error has a line with this text, and gives it. */
    public String awaitError(String text) {
      return await(text, err);
    }

    /** Waits until standard output has a line with this text, and gives it. */
    public String awaitOutput(String text) {
      return await(text, out);
    }

    private String await(String text, List<String> lines) {
      Await.until(
          "a line with \"" + text + "\"; standard error: " + err,
          () -> lines.stream().anyMatch(line -> line.contains(text)) || !process.isAlive());
      return lines.stream()
          .filter(line -> line.contains(text))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("it ended without \"" + text + "\"; it said: " + err));
    }

    /** Ctrl-C. */
    public void interrupt() {
      signal("INT");
    }

    /** What {@code kill} and {@code docker stop} send. */
    public void terminate() {
      signal("TERM");
    }

    /** {@code kill -9}. */
    public void kill() {
      process.destroyForcibly();
    }

    private void signal(String name) {
      try {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Waits for its end. */
    public Result result() {
      try {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          kill();
          throw new AssertionError("it does not end; it said: " + err);
        }
        outReader.join();
        errReader.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
      return new Result(process.exitValue(), text(out), text(err));
    }

    private static String text(List<String> lines) {
      return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
  }
}
