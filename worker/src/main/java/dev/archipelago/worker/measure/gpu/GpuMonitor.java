package dev.archipelago.worker.measure.gpu;

import dev.archipelago.protocol.device.DeviceReading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a driver tells of its GPUs. Thread-safe. Closing gives the driver's library back; a monitor
 * that is closed is asked nothing more.
 */
public interface GpuMonitor extends AutoCloseable {
  Driver driver();

  /** By PCI bus. */
  List<Gpu> gpus();

  /** Of a GPU or a slice of one; empty if there is none of this name. */
  Optional<Gpu> find(String uuid);

  /** What a GPU does now; empty is what it does not tell. May take milliseconds. */
  DeviceReading read(Gpu gpu);

  /**
   * Energy since its driver was loaded, in joules; empty where it does not count (before Volta).
   */
  OptionalDouble joules(Gpu gpu);

  @Override
  void close();
}
