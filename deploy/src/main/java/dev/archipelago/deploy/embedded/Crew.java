package dev.archipelago.deploy.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Worker processes that are started again when they end.
 *
 * <p>A child learns through its standard input where to join (one line, when that is known) and
 * that its parent has died (the end of the stream). All state belongs to one thread, {@code loop}.
 */
final class Crew implements AutoCloseable {
  private final ChildLauncher launcher;
  private final RestartPolicy policy;
  private final Consumer<String> gone;
  private final Consumer<String> notices;
  private final CompletableFuture<String> joinLine = new CompletableFuture<>();
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "crew");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Child> children = new LinkedHashMap<>();
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
    loop.execute(() -> names.forEach(name -> launch(name, 0)));
  }

  /** Tells all children, and all that will follow them, where to join. */
  void join(String address) {
    joinLine.complete(address);
  }

  private void launch(String name, int quickDeaths) {
    if (closed) {
      return;
    }
    try {
      Process process = launcher.launch(name);
      children.put(name, new Child(process, System.nanoTime(), quickDeaths));
      joinLine.thenAcceptAsync(address -> tell(process, address), loop);
      process.onExit().thenAcceptAsync(ended -> ended(name, ended), loop);
    } catch (IOException e) {
      notices.accept(name + " cannot be started: " + e.getMessage());
      launchLater(name, quickDeaths + 1);
    }
  }

  private void ended(String name, Process process) {
    Child child = children.remove(name);
    if (closed || child == null) {
      return;
    }
    gone.accept(name);
    long lived = System.nanoTime() - child.bornNanos();
    int quickDeaths = lived < policy.quick().toNanos() ? child.quickDeaths() + 1 : 0;
    Duration delay = policy.delay(quickDeaths);
    notices.accept(
        name
            + " ended ("
            + describe(process.exitValue())
            + "); "
            + (delay.isZero() ? "started again" : "starting again in " + delay.toSeconds() + " s"));
    launchLater(name, quickDeaths);
  }

  private void launchLater(String name, int quickDeaths) {
    Duration delay = policy.delay(quickDeaths);
    if (delay.isZero()) {
      launch(name, quickDeaths);
    } else {
      loop.schedule(() -> launch(name, quickDeaths), delay.toMillis(), TimeUnit.MILLISECONDS);
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

  /** Ends all children at once: what a worker has not reported is trained again. */
  @Override
  public void close() {
    CompletableFuture.runAsync(this::dismiss, loop).join();
    loop.shutdown();
  }

  private void dismiss() {
    closed = true;
    children.values().forEach(child -> child.process().destroyForcibly());
  }
}
