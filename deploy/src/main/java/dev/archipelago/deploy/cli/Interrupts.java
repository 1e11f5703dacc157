package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * The user's Ctrl-C. Until {@link #listen} it ends the process as usual; from then on the first is
 * a request to stop in good order, and a second one ends the process at once.
 */
public final class Interrupts {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final Consumer<Runnable> signals;
  private final CountDownLatch requested = new CountDownLatch(1);

  /**
   * @param signals where {@link #listen} registers what a signal does
   */
  Interrupts(Consumer<Runnable> signals) {
    this.signals = signals;
  }

  /** Those of this process: Ctrl-C, and with it a terminal that closes and {@code kill}. */
  public static Interrupts ofProcess() {
    return new Interrupts(handler -> SIGNALS.forEach(signal -> Signals.register(signal, handler)));
  }

  /** Takes the signals over. */
  void listen() {
    signals.accept(this::request);
  }

  /** What the signal does. */
  void request() {
    if (isRequested()) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
    requested.countDown();
  }

  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits so long; true as soon as there was an interrupt. */
  boolean await(Duration time) {
    try {
      return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
