package dev.archipelago.controller.spec;

import dev.archipelago.protocol.device.DeviceKind;
import java.util.Optional;

/**
 * Which workers may take a search's trials; what is empty or 0 is not asked for.
 *
 * @param deviceName what the name of a worker's device must contain, large and small letters alike
 * @param memoryBytes that a trial on the worker may use at least
 * @param engine that it must have
 */
public record Placement(
    Optional<DeviceKind> device,
    Optional<String> deviceName,
    long memoryBytes,
    Optional<String> engine) {

  /** Every worker may. */
  public static final Placement ANY =
      new Placement(Optional.empty(), Optional.empty(), 0, Optional.empty());

  public Placement {
    if (memoryBytes < 0) {
      throw new IllegalArgumentException("memory starts at 0, got " + memoryBytes);
    }
  }

  public boolean isAny() {
    return equals(ANY);
  }

  /** {@code cuda, a device named "H200", with at least 8 GiB}; as it stands after "wants". */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    device.ifPresent(kind -> text.append(", ").append(kind.label()));
    deviceName.ifPresent(name -> text.append(", a device named \"").append(name).append('"'));
    if (memoryBytes > 0) {
      text.append(", at least ").append(Sizes.write(memoryBytes));
    }
    engine.ifPresent(name -> text.append(", engine ").append(name));
    return text.isEmpty() ? "any worker" : text.substring(2);
  }
}
