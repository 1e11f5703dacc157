package dev.archipelago.worker.measure;

import dev.archipelago.protocol.device.DeviceReading;
import java.util.Optional;
import java.util.OptionalDouble;

/** Watches the device that a worker computes on, as far as that tells anything of itself. */
public interface DeviceMeter extends AutoCloseable {

  /** Tells nothing, as CPUs do. */
  DeviceMeter NONE =
      new DeviceMeter() {
        @Override
        public Optional<DeviceReading> latest() {
          return Optional.empty();
        }

        @Override
        public OptionalDouble joules() {
          return OptionalDouble.empty();
        }

        @Override
        public void close() {}
      };

  /** What it did lately. Returns at once. */
  Optional<DeviceReading> latest();

  /** The device's energy so far, in joules, from any zero; empty where it does not count. */
  OptionalDouble joules();

  @Override
  void close();
}
