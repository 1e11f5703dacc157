package dev.archipelago.deploy.embedded;

import dev.archipelago.protocol.device.DeviceKind;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every child process of ours starts with: a JVM on this one's class path. */
final class ChildJvm {

  /**
   * What the native libraries need. glibc's malloc otherwise returns every large block to the
   * kernel and pays for it in page faults; idle OpenMP threads otherwise spin; and CUDA otherwise
   * numbers its devices in another order than the driver.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TRIM_THRESHOLD_", "17179869184",
          "MALLOC_TOP_PAD_", "67108864",
          "OMP_WAIT_POLICY", "passive",
          "CUDA_DEVICE_ORDER", "PCI_BUS_ID");

  private ChildJvm() {}

  /**
   * That, for a process on a device: ND4J, where it is built for GPUs, takes one unless it is told
   * otherwise before it starts.
   */
  static Map<String, String> environment(String device) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    if (DeviceKind.of(device) == DeviceKind.CPU) {
      environment.put("BACKEND_PRIORITY_CPU", "1000");
    }
    return environment;
  }

  /**
   * The command line up to the main class's arguments.
   *
   * @param options of the JVM
   */
  static List<String> command(List<String> options, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return command;
  }

  /** This JVM's archive of parsed classes, where it has one: the class path is the same. */
  static List<String> sharedClasses() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option -> option.startsWith("-XX:SharedArchiveFile=") || option.startsWith("-Xlog:cds"))
        .toList();
  }

  /** Where a fatal error log goes; no core file, which is large and says less. */
  static List<String> errorFile(Path directory) {
    return List.of(
        "-XX:ErrorFile=" + directory.resolve("hs_err_pid%p.log"), "-XX:-CreateCoredumpOnCrash");
  }

  /** A quarter of the machine for all heaps, but enough for a data set of 32x32 images each. */
  static String heap(int processes) {
    long quarter = (Memory.physicalBytes() / 4 / Math.max(1, processes)) >> 20;
    return "-Xmx" + Math.max(768, Math.min(quarter, 8192)) + "m";
  }
}
