package dev.archipelago.worker.program;

import dev.archipelago.worker.measure.PeakMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A command with a document for its standard input, run to its end.
 *
 * <p>It runs in the worker's working directory, with the worker's environment and what is added
 * here. When {@link #run} returns, the program and all that it has started are gone.
 *
 * @param command program and arguments; the program is looked for on the PATH
 * @param environment added to the worker's own
 * @param input its standard input, closed after it; a program that does not read it may be
 * @param timeout after which it is killed
 */
public record UserProgram(
    List<String> command, Map<String, String> environment, String input, Duration timeout) {
  private static final int TAIL_CHARACTERS = 2048;
  private static final long POLL_MILLIS = 50;
  private static final long GRACE_MILLIS = 2000;
  private static final int POLLS_PER_LOOK_AT_MEMORY = 20;

  public UserProgram {
    command = List.copyOf(command);
  }

  /** Why it is no longer running. */
  public enum End {
    /** It ended by itself, in whatever way. */
    EXITED,
    TIMED_OUT,
    CANCELLED
  }

  /**
   * How it went.
   *
   * @param exitCode meaningful where it exited; 128 + n for signal n
   * @param log the last lines of both outputs that nobody wanted, up to 2,048 characters
   * @param peakBytes the largest resident memory of its processes together, as seen once a second
   */
  public record Exit(End end, int exitCode, String log, double seconds, long peakBytes) {}

  /**
   * Runs it.
   *
   * @param wanted is told every line of standard output, up to 1 MB of each, on another thread, and
   *     says whether it has taken it; what it has not goes into the log
   * @param meanwhile called on this thread, some 20 times a second
   * @param cancelled asked as often
   * @throws IOException if there is no such program, or it cannot be started
   */
  public Exit run(
      Predicate<String> wanted,
      Runnable meanwhile,
      BooleanSupplier cancelled,
      LongSupplier nanoClock)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Watchdog.inOwnGroup(located()));
    builder.environment().putAll(environment);
    long begin = nanoClock.getAsLong();
    Process process = builder.start();
    try (Watchdog watchdog = Watchdog.over(process.pid())) {
      Tail log = new Tail(TAIL_CHARACTERS);
      LineReader out =
          new LineReader(
              process.getInputStream(),
              "program-output",
              line -> {
                if (!wanted.test(line)) {
                  log.add(line);
                }
              });
      LineReader err = new LineReader(process.getErrorStream(), "program-errors", log::add);
      feed(process);
      Watch watch = new Watch(process, begin + timeout.toNanos(), cancelled, nanoClock);
      End end = watch.await(meanwhile);
      if (end != End.EXITED) {
        kill(process);
      }
      watchdog.close();
      out.join(GRACE_MILLIS);
      err.join(GRACE_MILLIS);
      double seconds = (nanoClock.getAsLong() - begin) * 1e-9;
      return new Exit(end, process.waitFor(), log.text(), seconds, watch.peakBytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a program ran", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** With the program's path, so that its absence is this process's exception. */
  private List<String> located() throws IOException {
    return Located.on(System.getenv("PATH"), command);
  }

  /** From a thread of its own: a document that fills the pipe must not hold up the reading. */
  private void feed(Process process) {
    Thread feeder =
        new Thread(
            () -> {
              try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                // It does not read what it is told; that is its own affair.
              }
            },
            "program-input");
    feeder.setDaemon(true);
    feeder.start();
  }

  /** A running process, looked at now and then. */
  private static final class Watch {
    private final Process process;
    private final long deadline;
    private final BooleanSupplier cancelled;
    private final LongSupplier nanoClock;
    private long peakBytes;

    Watch(Process process, long deadline, BooleanSupplier cancelled, LongSupplier nanoClock) {
      this.process = process;
      this.deadline = deadline;
      this.cancelled = cancelled;
      this.nanoClock = nanoClock;
    }

    End await(Runnable meanwhile) throws InterruptedException {
      for (int polls = 0; !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS); polls++) {
        if (polls % POLLS_PER_LOOK_AT_MEMORY == 0) {
          peakBytes = Math.max(peakBytes, bytes());
        }
        meanwhile.run();
        if (cancelled.getAsBoolean()) {
          return End.CANCELLED;
        }
        if (nanoClock.getAsLong() - deadline > 0) {
          return End.TIMED_OUT;
        }
      }
      return End.EXITED;
    }

    private long bytes() {
      return tree(process).mapToLong(one -> PeakMemory.of(one.pid()).bytes()).sum();
    }
  }

  private static Stream<ProcessHandle> tree(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  /** Asks the whole tree to end, gives it a moment, and ends it. */
  private static void kill(Process process) throws InterruptedException {
    List<ProcessHandle> tree = tree(process).toList();
    tree.forEach(ProcessHandle::destroy);
    process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    Stream.concat(tree.stream(), tree(process)).forEach(ProcessHandle::destroyForcibly);
  }
}
