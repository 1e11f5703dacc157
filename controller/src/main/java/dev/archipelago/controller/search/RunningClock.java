package dev.archipelago.controller.search;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How long a search has run: by the machine's clock, or by that of its simulated workers. */
final class RunningClock {

  /** What both clocks show at one moment. */
  record Moment(long machineNanos, long simulatedNanos) {
    private long nanos(@Nullable Search of) {
      return of != null && of.table().isPresent() ? simulatedNanos : machineNanos;
    }
  }

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

  Moment now() {
    return new Moment(machineNanos.getAsLong(), simulatedNanos);
  }

  /** What passes from that moment on comes on top of what the search's last commit says. */
  void restart(@Nullable Search of, Moment from) {
    sinceNanos = from.nanos(of);
  }

  /** By that moment; pauses and interruptions do not count. */
  Duration running(@Nullable Search of, Moment at) {
    if (of == null) {
      return Duration.ZERO;
    }
    return of.status() == SearchStatus.RUNNING
        ? of.running().plusNanos(at.nanos(of) - sinceNanos)
        : of.running();
  }
}
