package dev.archipelago.worker.measure.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The GPUs that CUDA shows to this process, in its order: {@code cuda:1} is the second of them.
 *
 * <p>{@code CUDA_VISIBLE_DEVICES} (CUDA C++ Programming Guide, "CUDA Environment Variables") lists
 * indices, or UUIDs of which the beginning is enough; the first that is not there ends the list.
 * The driver's library does not heed the variable, so it is heeded here. CUDA's indices are those
 * of the PCI bus only with {@code CUDA_DEVICE_ORDER=PCI_BUS_ID}, which the launcher and parents of
 * workers set; otherwise CUDA puts the fastest first, which makes a difference only where the GPUs
 * differ.
 */
public final class VisibleGpus {
  private static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  private VisibleGpus() {}

  /**
   * @param environment as {@link System#getenv()}
   */
  public static List<Gpu> of(GpuMonitor monitor, Map<String, String> environment) {
    String chosen = environment.get(VARIABLE);
    if (chosen == null) {
      return monitor.gpus();
    }
    List<Gpu> visible = new ArrayList<>();
    for (String entry : chosen.split(",", -1)) {
      Optional<Gpu> gpu = find(monitor, entry.strip());
      if (gpu.isEmpty() || visible.contains(gpu.get())) {
        break;
      }
      visible.add(gpu.get());
    }
    return List.copyOf(visible);
  }

  private static Optional<Gpu> find(GpuMonitor monitor, String entry) {
    if (entry.matches("[0-9]{1,4}")) {
      int index = Integer.parseInt(entry);
      return monitor.gpus().stream().filter(gpu -> gpu.index() == index).findFirst();
    }
    if (entry.startsWith("MIG-")) {
      return monitor.find(entry);
    }
    List<Gpu> named =
        entry.startsWith("GPU-")
            ? monitor.gpus().stream().filter(gpu -> gpu.uuid().startsWith(entry)).toList()
            : List.of();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  /**
   * Whether CUDA may number the GPUs otherwise: they differ, and nobody told it to go by the bus.
   */
  public static boolean isOrderUncertain(List<Gpu> visible, Map<String, String> environment) {
    return visible.stream().map(Gpu::name).distinct().count() > 1
        && !"PCI_BUS_ID".equals(environment.get("CUDA_DEVICE_ORDER"));
  }
}
