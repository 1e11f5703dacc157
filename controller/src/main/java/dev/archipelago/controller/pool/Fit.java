package dev.archipelago.controller.pool;

import dev.archipelago.controller.spec.Placement;
import dev.archipelago.controller.spec.Sizes;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a worker may take the trials of a search with some placement. */
final class Fit {
  private Fit() {}

  /**
   * What the worker is that the placement does not want, as it stands after "this is"; empty where
   * it may take the trials.
   */
  static Optional<String> obstacle(Placement placement, WorkerDescription worker) {
    Device device = worker.device();
    List<String> found = new ArrayList<>();
    if (placement.device().isPresent() && placement.device().get() != device.kind()) {
      found.add(device.kind().label());
    }
    if (placement.deviceName().isPresent() && !isNamed(device, placement.deviceName().get())) {
      found.add(device.name().isEmpty() ? "a device without a name" : device.name());
    }
    if (memoryBytes(worker) < placement.memoryBytes()) {
      long memory = memoryBytes(worker);
      found.add(memory == 0 ? "of unknown memory" : "of " + Sizes.rough(memory));
    }
    if (placement.engine().isPresent() && !placement.engine().get().equals(worker.engine())) {
      found.add("engine " + worker.engine());
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
  }

  private static boolean isNamed(Device device, String part) {
    return device.name().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  /** What a trial may use there; 0 where that is not known. */
  static long memoryBytes(WorkerDescription worker) {
    long device = worker.device().memoryBytes();
    long limit = worker.memoryBytes();
    if (limit == 0 || device == 0) {
      return Math.max(limit, device);
    }
    return Math.min(limit, device);
  }

  /** {@code cuda, NVIDIA H200, 139.8 GiB}: what a worker is, in a list of all that there are. */
  static String describe(WorkerDescription worker) {
    List<String> parts = new ArrayList<>(List.of(worker.device().kind().label()));
    if (!worker.device().name().isEmpty()) {
      parts.add(worker.device().name());
    }
    if (memoryBytes(worker) > 0) {
      parts.add(Sizes.rough(memoryBytes(worker)));
    }
    parts.add("engine " + worker.engine());
    return String.join(", ", parts);
  }
}
