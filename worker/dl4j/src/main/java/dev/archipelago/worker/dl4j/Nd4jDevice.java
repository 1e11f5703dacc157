package dev.archipelago.worker.dl4j;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where ND4J computes. A process has one of its backends, chosen when it is loaded: the one for
 * GPUs, if that is there and finds a GPU that it can use, or else the one for CPUs.
 *
 * @param device {@code cpu} or {@code cuda:0}
 * @param index of the device among those of the backend
 */
record Nd4jDevice(String device, int index) {
  private static final Pattern GPU = Pattern.compile("cuda:(\\d{1,3})");

  /**
   * Loads the backend.
   *
   * @throws IllegalArgumentException if it has no such device
   */
  static Nd4jDevice of(String device) {
    return of(
        device, Nd4j.getEnvironment().isCPU(), Nd4j.getAffinityManager().getNumberOfDevices());
  }

  /**
   * @param cpu whether the backend is the one for CPUs
   * @param devices how many it has
   */
  static Nd4jDevice of(String device, boolean cpu, int devices) {
    Matcher gpu = GPU.matcher(device);
    if (gpu.matches()) {
      int index = Integer.parseInt(gpu.group(1));
      if (cpu) {
        throw refused(
            device,
            "ND4J is built for CPUs only (mvn -Pcuda-dl4j builds it for GPUs), or finds no"
                + " libraries of CUDA 11.6, or no GPU that they can use. Use torch, or --device"
                + " cpu");
      }
      if (index >= devices) {
        throw refused(device, "ND4J finds " + devices + " GPUs");
      }
      return new Nd4jDevice(device, index);
    }
    if (!device.equals("cpu")) {
      throw refused(device, "the devices of engine dl4j are cpu, cuda:0, cuda:1 ...");
    }
    if (!cpu) {
      throw refused(
          device,
          "ND4J has loaded its backend for GPUs. Start the worker with BACKEND_PRIORITY_CPU=1000 in"
              + " its environment");
    }
    return new Nd4jDevice(device, 0);
  }

  private static IllegalArgumentException refused(String device, String why) {
    return new IllegalArgumentException("engine dl4j on " + device + ": " + why);
  }

  /** ND4J binds threads to devices: to be called by each thread that compiles or trains. */
  void bind() {
    Nd4j.getAffinityManager().unsafeSetDevice(index);
  }
}
