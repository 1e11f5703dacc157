package dev.archipelago.worker.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** Finds out which build of libtorch this machine can load, and has JavaCPP load no other. */
final class BuildChoice {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String GPU = "-gpu";

  /** In the order in which they need one another. */
  private static final List<String> FILES =
      List.of(
          "libgomp.so.1",
          "libc10.so",
          "libc10_cuda.so",
          "libtorch_cpu.so",
          "libtorch_cuda.so",
          "libtorch_cuda_linalg.so",
          "libtorch.so");

  /** Made by the class loader, so once and for all threads. */
  static final TorchBuild MADE = make();

  private BuildChoice() {}

  /**
   * @param bundled whether libtorch for CUDA is on the class path
   */
  static TorchBuild of(boolean bundled, CudaLibraries libraries) {
    if (!bundled) {
      return new TorchBuild.Cpu();
    }
    Optional<String> noDriver = libraries.driverError();
    if (noDriver.isPresent()) {
      return new TorchBuild.Fallback(
          "there is no NVIDIA driver (" + noDriver.get() + ")",
          "Where there is an NVIDIA GPU, install a driver for CUDA 13: 580 or newer.");
    }
    List<String> missing = libraries.load();
    return missing.isEmpty()
        ? new TorchBuild.Cuda()
        : new TorchBuild.Fallback(
            "there is an NVIDIA driver, but not all of CUDA 13's libraries: "
                + String.join(", ", missing),
            "Install CUDA 13, cuDNN 9 and NCCL 2, or say in "
                + CudaLibraries.VARIABLE
                + " in which directories they are (docs/operations.md).");
  }

  private static TorchBuild make() {
    String resources = "/org/bytedeco/pytorch/" + Loader.getPlatform() + GPU + "/";
    boolean bundled = BuildChoice.class.getResource(resources + "libtorch_cuda.so") != null;
    if (!bundled) {
      return new TorchBuild.Cpu();
    }
    String asked = System.getProperty(EXTENSION);
    if (asked != null && !asked.endsWith(GPU)) { // somebody wants to find something out
      return new TorchBuild.Fallback("-D" + EXTENSION + "=" + asked + " says so", "Leave it out.");
    }
    CudaLibraries libraries = CudaLibraries.ofThisMachine();
    if (asked != null) {
      libraries.load();
      return extracted(resources);
    }
    TorchBuild build = of(true, libraries);
    System.setProperty(EXTENSION, build instanceof TorchBuild.Cuda ? GPU : "");
    Loader.loadProperties(true); // it has read them already, to open the libraries
    return build instanceof TorchBuild.Cuda ? extracted(resources) : build;
  }

  /**
   * JavaCPP extracts a library when it loads it. On a machine where they were never extracted, the
   * first ones would not find those that they need, and CUDA would be absent from that process.
   */
  private static TorchBuild extracted(String resources) {
    try {
      for (String file : FILES) {
        Loader.cacheResource(BuildChoice.class, resources + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("libtorch cannot be unpacked", e);
    }
    return new TorchBuild.Cuda();
  }
}
