package dev.archipelago.protocol.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Kinds of device that an engine computes on. */
public enum DeviceKind {
  CPU("cpu"),
  /** A GPU of NVIDIA's. */
  CUDA("cuda");

  private final String label;

  DeviceKind(String label) {
    this.label = label;
  }

  /** As specs and documents write it. */
  public String label() {
    return label;
  }

  public static Optional<DeviceKind> labelled(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(DeviceKind::label).toList();
  }

  /** Of a device's name as engines write it: {@code cuda:1} is a {@link #CUDA} device. */
  public static DeviceKind of(String id) {
    return id.equals(CUDA.label) || id.startsWith(CUDA.label + ":") ? CUDA : CPU;
  }
}
