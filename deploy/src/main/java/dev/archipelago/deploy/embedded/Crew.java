package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.exit.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Worker processes that are replaced when they end.
 *
 * <p>A child learns through its standard input where to join and as whom (one line, {@code
 * HOST:PORT NAME}) and that its parent has died (the end of the stream). Beside the workers one
 * process stands by with everything loaded: it takes the place of a worker that died at once, where
 * a new process would need seconds.
 *
 * <p>All state belongs to one thread, {@code loop}.
 */
final class Crew implements AutoCloseable {
  static final String SPARE = "spare";

  private final ChildLauncher launcher;
  private final RestartPolicy policy;
  private final Consumer<String> gone;
  private final Consumer<String> notices;
  private final CompletableFuture<String> joinAddress = new CompletableFuture<>();
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "crew");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Child> children = new LinkedHashMap<>();
  private @Nullable Process spare;
  private Duration spareDelay = Duration.ZERO;
  private final CompletableFuture<Void> deserted = new CompletableFuture<>();
  private boolean closed;

  /** One place in the crew and the process that has it now. */
  private record Child(Process process, long bornNanos, int quickDeaths) {}

  /**
   * @param gone is told the name of a child as soon as it has ended
   * @param notices are for the user
   */
  Crew(
      ChildLauncher launcher,
      RestartPolicy policy,
      Consumer<String> gone,
      Consumer<String> notices) {
    this.launcher = launcher;
    this.policy = policy;
    this.gone = gone;
    this.notices = notices;
  }

  void start(List<String> names) {
    loop.execute(() -> names.forEach(name -> fill(name, 0)));
  }

  /** Tells all children, and all that will follow them, where to join. */
  void join(String address) {
    joinAddress.complete(address);
  }

  /** From now on has one process stand by; {@code delay} gives the workers time to start first. */
  void keepSpare(Duration delay) {
    loop.schedule(() -> launchSpare(delay), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void launchSpare(Duration delay) {
    if (closed) {
      return;
    }
    spareDelay = delay;
    try {
      Process process = launcher.launch(SPARE, true);
      spare = process;
      process.onExit().thenAcceptAsync(this::spareEnded, loop);
    } catch (IOException e) {
      notices.accept("no process stands by: " + e.getMessage());
    }
  }

  /** A spare that ends by itself is not replaced: without one, replacing a worker takes longer. */
  private void spareEnded(Process process) {
    if (process.equals(spare)) {
      spare = null;
      launcher.ended(SPARE, process.pid());
    }
  }

  /** Puts a process in the place; the one that stands by, if there is one. */
  private void fill(String name, int quickDeaths) {
    if (closed) {
      return;
    }
    Process process = spare;
    if (process != null && process.isAlive()) {
      spare = null;
      launcher.promoted(name);
      keepSpare(spareDelay);
    } else {
      try {
        process = launcher.launch(name, false);
      } catch (IOException e) {
        notices.accept(name + " cannot be started: " + e.getMessage());
        fillLater(name, quickDeaths + 1);
        return;
      }
    }
    install(name, new Child(process, System.nanoTime(), quickDeaths));
  }

  private void install(String name, Child child) {
    Process process = child.process();
    children.put(name, child);
    joinAddress.thenAcceptAsync(address -> tell(process, address + " " + name), loop);
    process.onExit().thenAcceptAsync(ended -> ended(name, ended), loop);
  }

  private void ended(String name, Process process) {
    Child child = children.remove(name);
    if (closed || child == null) {
      return;
    }
    boolean crashed = launcher.ended(name, process.pid());
    gone.accept(name);
    if (process.exitValue() == ExitCode.BAD_INPUT.code()) {
      notices.accept(name + " ended: it cannot work like this, and is not replaced");
      if (children.isEmpty()) {
        deserted.complete(null);
      }
      return;
    }
    long lived = System.nanoTime() - child.bornNanos();
    int quickDeaths = lived < policy.quick().toNanos() ? child.quickDeaths() + 1 : 0;
    Duration delay = policy.delay(quickDeaths);
    notices.accept(
        name
            + " ended ("
            + (crashed ? "the native library crashed" : describe(process.exitValue()))
            + "); "
            + (delay.isZero() ? "replaced" : "to be replaced in " + delay.toSeconds() + " s"));
    fillLater(name, quickDeaths);
  }

  private void fillLater(String name, int quickDeaths) {
    Duration delay = policy.delay(quickDeaths);
    if (delay.isZero()) {
      fill(name, quickDeaths);
    } else {
      loop.schedule(() -> fill(name, quickDeaths), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static void tell(Process process, String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      // It has ended; its successor will be told.
    }
  }

  private static String describe(int exit) {
    return switch (exit) {
      case 134 -> "SIGABRT: the native library gave up";
      case 137 -> "SIGKILL: killed, perhaps for want of memory";
      case 139 -> "SIGSEGV: the native library crashed";
      default -> "exit code " + exit;
    };
  }

  /** Completes when no child is left, and none of them is to be replaced. */
  CompletionStage<Void> deserted() {
    return deserted;
  }

  /** Ends all children by ending their input; kills those that are still there after a while. */
  void release(Duration patience) {
    if (loop.isShutdown()) {
      return;
    }
    List<Process> leaving = CompletableFuture.supplyAsync(this::closeInputs, loop).join();
    CompletableFuture<?> gone =
        CompletableFuture.allOf(
            leaving.stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new));
    try {
      gone.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What is left is killed.
    }
    leaving.forEach(Process::destroyForcibly);
    loop.shutdown();
  }

  private List<Process> closeInputs() {
    closed = true;
    List<Process> processes = children.values().stream().map(Child::process).toList();
    for (Process process : processes) {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // It has ended.
      }
    }
    return processes;
  }

  /** Ends all children at once: what a worker has not reported is trained again. */
  @Override
  public void close() {
    if (loop.isShutdown()) {
      return;
    }
    CompletableFuture.runAsync(this::dismiss, loop).join();
    loop.shutdown();
  }

  private void dismiss() {
    closed = true;
    children.values().forEach(child -> child.process().destroyForcibly());
    if (spare != null) {
      spare.destroyForcibly();
    }
  }
}
