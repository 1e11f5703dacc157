package dev.archipelago.deploy.doctor;

import dev.archipelago.deploy.device.Devices;
import dev.archipelago.deploy.device.EngineBuild;
import dev.archipelago.deploy.device.EngineBuild.Obstacle;
import dev.archipelago.deploy.view.Format;
import dev.archipelago.worker.measure.gpu.Driver;
import dev.archipelago.worker.measure.gpu.Gpu;
import dev.archipelago.worker.measure.gpu.GpuMonitor;
import dev.archipelago.worker.measure.gpu.Gpus;
import dev.archipelago.worker.measure.gpu.Nvml;
import dev.archipelago.worker.measure.gpu.VisibleGpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists the GPUs, and which engine of this build can use them. */
final class GpuCheck {
  private GpuCheck() {}

  static List<Finding> ofThisMachine() {
    return examine(Nvml.open(), EngineBuild.present(), System.getenv());
  }

  /**
   * @param driver closed after it was asked
   */
  static List<Finding> examine(
      Gpus driver, List<EngineBuild> engines, Map<String, String> environment) {
    if (driver instanceof Gpus.None none) {
      boolean wanted = engines.stream().anyMatch(EngineBuild::forCuda);
      return List.of(
          new Finding(
              wanted ? Finding.Grade.WARN : Finding.Grade.OK,
              "GPU",
              "none: " + none.why(),
              none.remedy()));
    }
    try (GpuMonitor monitor = ((Gpus.Watched) driver).monitor()) {
      return examine(monitor, engines, environment);
    }
  }

  private static List<Finding> examine(
      GpuMonitor monitor, List<EngineBuild> engines, Map<String, String> environment) {
    List<Finding> findings = new ArrayList<>();
    Driver driver = monitor.driver();
    findings.add(
        Finding.ok(
            "GPU driver",
            driver.version() + ", for programs up to CUDA " + Driver.dotted(driver.cuda())));
    monitor.gpus().forEach(gpu -> findings.add(describe(gpu)));
    List<Gpu> visible = VisibleGpus.of(monitor, environment);
    if (visible.size() < monitor.gpus().size()) {
      findings.add(
          Finding.ok(
              "GPUs for workers",
              visible.size()
                  + " of "
                  + monitor.gpus().size()
                  + ", by CUDA_VISIBLE_DEVICES="
                  + environment.get("CUDA_VISIBLE_DEVICES")));
    }
    if (VisibleGpus.isOrderUncertain(visible, environment)) {
      findings.add(
          Finding.warn(
              "GPU order",
              "these GPUs differ, and CUDA may number them otherwise than they stand here",
              "Start with CUDA_DEVICE_ORDER=PCI_BUS_ID, as the launcher does for workers."));
    }
    engines.forEach(engine -> findings.add(use(Devices.of(engine, driver, visible))));
    return findings;
  }

  private static Finding describe(Gpu gpu) {
    return Finding.ok(
        "GPU " + gpu.index(),
        gpu.name()
            + ", "
            + Format.bytes(gpu.memoryBytes())
            + (gpu.computeCapability() == 0
                ? ""
                : ", compute capability " + Driver.dotted(gpu.computeCapability())));
  }

  private static Finding use(Devices devices) {
    String subject = "GPU for " + devices.build().name();
    if (devices.obstacle().isPresent()) {
      Obstacle obstacle = devices.obstacle().get();
      return Finding.warn(subject, "none: " + obstacle.why(), obstacle.remedy());
    }
    return Finding.ok(
        subject,
        devices.usable().stream().map(Devices.Found::id).collect(Collectors.joining(", "))
            + " can be used, by what driver and build say: worker --devices all");
  }
}
