package dev.archipelago.worker.measure;

import java.util.OptionalDouble;

/** What a device draws from a moment on. */
public final class Energy {
  private final DeviceMeter meter;
  private final OptionalDouble begun;

  private Energy(DeviceMeter meter) {
    this.meter = meter;
    this.begun = meter.joules();
  }

  public static Energy from(DeviceMeter meter) {
    return new Energy(meter);
  }

  /**
   * In joules until now; empty where the device does not count, or began anew because its driver
   * was loaded again.
   */
  public OptionalDouble joules() {
    OptionalDouble now = meter.joules();
    return begun.isPresent() && now.isPresent() && now.getAsDouble() >= begun.getAsDouble()
        ? OptionalDouble.of(now.getAsDouble() - begun.getAsDouble())
        : OptionalDouble.empty();
  }
}
