package dev.archipelago.worker.measure.gpu;

import dev.archipelago.protocol.device.DeviceReading;
import dev.archipelago.worker.measure.DeviceMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a GPU every second on a thread of its own: a driver that hangs must not keep a worker from
 * saying that it lives. A reading that has grown old is none.
 */
public final class GpuMeter implements DeviceMeter {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private record Stamped(DeviceReading reading, long nanos) {}

  private final GpuMonitor monitor;
  private final Gpu gpu;
  private final LongSupplier nanoClock;
  private final ScheduledExecutorService thread;
  private volatile @Nullable Stamped latest;

  /**
   * Begins at once.
   *
   * @param monitor closed with the meter
   */
  public static GpuMeter start(GpuMonitor monitor, Gpu gpu) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "gpu-meter");
              daemon.setDaemon(true);
              return daemon;
            });
    GpuMeter meter = new GpuMeter(monitor, gpu, System::nanoTime, thread);
    thread.scheduleWithFixedDelay(meter::sample, 0, INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    return meter;
  }

  GpuMeter(GpuMonitor monitor, Gpu gpu, LongSupplier nanoClock, ScheduledExecutorService thread) {
    this.monitor = monitor;
    this.gpu = gpu;
    this.nanoClock = nanoClock;
    this.thread = thread;
  }

  void sample() {
    latest = new Stamped(monitor.read(gpu), nanoClock.getAsLong());
  }

  @Override
  public Optional<DeviceReading> latest() {
    Stamped sampled = latest;
    long old = INTERVAL.toNanos() * 10;
    return sampled == null || nanoClock.getAsLong() - sampled.nanos() > old
        ? Optional.empty()
        : Optional.of(sampled.reading());
  }

  @Override
  public OptionalDouble joules() {
    return monitor.joules(gpu);
  }

  @Override
  public void close() {
    thread.execute(monitor::close); // after a reading that is under way
    thread.shutdown();
  }
}
