package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/**
 * The user's Ctrl-C. Until {@link #listen} it ends the process as usual; from then on the first is
 * a request to stop in good order, and a second one ends the process at once.
 */
public final class Interrupts {
  private final CountDownLatch requested = new CountDownLatch(1);

  /** Takes the signal over. */
  public void listen() {
    Signals.register("INT", this::request);
  }

  /** What the signal does. */
  public void request() {
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
