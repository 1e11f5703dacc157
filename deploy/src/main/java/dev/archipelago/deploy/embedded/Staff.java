package dev.archipelago.deploy.embedded;

import dev.archipelago.protocol.device.DeviceKind;
import java.util.List;

/**
 * The workers of an embedded cluster.
 *
 * @param engine that all of them have
 * @param devices one for each worker; none where only questions are to be answered, or a table does
 *     the work
 */
public record Staff(String engine, List<String> devices) {
  public static final Staff NONE = new Staff("", List.of());

  public Staff {
    devices = List.copyOf(devices);
  }

  public int workers() {
    return devices.size();
  }

  /** Names them, from 1. */
  static String name(int worker) {
    return "worker-" + worker;
  }

  /** Whether any of them computes elsewhere than on the CPU. */
  boolean isOnGpus() {
    return devices.stream().anyMatch(device -> DeviceKind.of(device) != DeviceKind.CPU);
  }
}
