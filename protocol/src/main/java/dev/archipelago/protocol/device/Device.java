package dev.archipelago.protocol.device;

/**
 * What a worker computes on.
 *
 * @param id as engines write it: {@code cpu} or {@code cuda:0}
 * @param name of the model, {@code NVIDIA H200} for instance; empty where it is not known
 * @param memoryBytes of the device, of a CPU the machine's; 0 where it is not known
 * @param declared whether it only stands for such a device, in a drill; the worker computes on
 *     another
 */
public record Device(String id, DeviceKind kind, String name, long memoryBytes, boolean declared) {
  public Device {
    if (memoryBytes < 0) {
      throw new IllegalArgumentException("a device's memory starts at 0, got " + memoryBytes);
    }
  }

  /** One that is really there. */
  public static Device of(String id, String name, long memoryBytes) {
    return new Device(id, DeviceKind.of(id), name, memoryBytes, false);
  }
}
