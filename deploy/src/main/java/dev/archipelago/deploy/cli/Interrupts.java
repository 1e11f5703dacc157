package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * The user's Ctrl-C. Until {@link #listen} it ends the process as usual; from then on the first is
 * a request to stop in good order, and a second one ends the process at once.
 */
public final class Interrupts {
  /** Not HUP: who starts a process with {@code nohup} wants it to stay. */
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final Consumer<Runnable> signals;
  private final CompletableFuture<Interrupts> requested = new CompletableFuture<>();

  /**
   * @param signals where {@link #listen} registers what a signal does
   */
  Interrupts(Consumer<Runnable> signals) {
    this.signals = signals;
  }

  /** Those of this process: Ctrl-C and {@code kill}. */
  public static Interrupts ofProcess() {
    return new Interrupts(handler -> SIGNALS.forEach(signal -> Signals.register(signal, handler)));
  }

  /** Takes the signals over. */
  void listen() {
    signals.accept(this::request);
  }

  /** What the signal does. */
  void request() {
    if (!requested.complete(this)) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
  }

  /** Completes with the first interrupt. */
  CompletionStage<Interrupts> requested() {
    return requested;
  }

  /** Waits so long; true as soon as there was an interrupt. */
  boolean await(Duration time) {
    try {
      requested.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("an interrupt does not fail", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
