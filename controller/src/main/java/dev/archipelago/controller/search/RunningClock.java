package dev.archipelago.controller.search;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How long a search has run: by the machine's clock, or by that of its simulated workers. */
final class RunningClock {
  private final LongSupplier machineNanos;
  private long simulatedNanos;
  private long sinceNanos;

  RunningClock(LongSupplier machineNanos) {
    this.machineNanos = machineNanos;
  }

  /** What the clock of the simulated workers shows from now on. */
  void simulate(long nanos) {
    simulatedNanos = nanos;
  }

  /** What passes from now on comes on top of what the search's last commit says. */
  void restart(@Nullable Search of) {
    sinceNanos = nanos(of);
  }

  /** By now; pauses and interruptions do not count. */
  Duration running(@Nullable Search of) {
    if (of == null) {
      return Duration.ZERO;
    }
    return of.status() == SearchStatus.RUNNING
        ? of.running().plusNanos(nanos(of) - sinceNanos)
        : of.running();
  }

  private long nanos(@Nullable Search of) {
    return of != null && of.table().isPresent() ? simulatedNanos : machineNanos.getAsLong();
  }
}
