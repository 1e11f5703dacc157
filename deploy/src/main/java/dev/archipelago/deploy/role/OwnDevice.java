package dev.archipelago.deploy.role;

import dev.archipelago.deploy.embedded.Memory;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.worker.measure.CpuModel;
import dev.archipelago.worker.measure.DeviceMeter;
import dev.archipelago.worker.measure.gpu.Gpu;
import dev.archipelago.worker.measure.gpu.GpuMeter;
import dev.archipelago.worker.measure.gpu.GpuMonitor;
import dev.archipelago.worker.measure.gpu.Gpus;
import dev.archipelago.worker.measure.gpu.Nvml;
import dev.archipelago.worker.measure.gpu.VisibleGpus;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a worker computes on, and what watches it.
 *
 * @param device as it is told to the controller
 */
record OwnDevice(Device device, DeviceMeter meter) {

  /** Of the device that the settings name, which is none of {@code auto} any more. */
  static OwnDevice of(WorkerConfig config) {
    OwnDevice real = of(config.device(), Nvml::open, System.getenv());
    return config.declared().isPresent()
        ? new OwnDevice(config.declared().get(), real.meter())
        : real;
  }

  /**
   * @param driver asked only for GPUs
   */
  static OwnDevice of(String id, Supplier<Gpus> driver, Map<String, String> environment) {
    if (DeviceKind.of(id) == DeviceKind.CPU) {
      return new OwnDevice(
          Device.of(id, CpuModel.name(), Memory.physicalBytes()), DeviceMeter.NONE);
    }
    if (!(driver.get() instanceof Gpus.Watched watched)) {
      return new OwnDevice(Device.of(id, "", 0), DeviceMeter.NONE);
    }
    GpuMonitor monitor = watched.monitor();
    List<Gpu> visible = VisibleGpus.of(monitor, environment);
    int ordinal = id.indexOf(':') < 0 ? 0 : Integer.parseInt(id.substring(id.indexOf(':') + 1));
    if (ordinal >= visible.size()) {
      monitor.close();
      return new OwnDevice(Device.of(id, "", 0), DeviceMeter.NONE);
    }
    Gpu gpu = visible.get(ordinal);
    return new OwnDevice(
        Device.of(id, gpu.name(), gpu.memoryBytes()), GpuMeter.start(monitor, gpu));
  }
}
