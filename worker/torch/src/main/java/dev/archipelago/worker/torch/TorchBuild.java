package dev.archipelago.worker.torch;

import java.util.Optional;

/**
 * Which build of libtorch this process loads.
 *
 * <p>A plain build of Archipelago holds libtorch for CPUs. One with {@code mvn -Pcuda} holds,
 * beside it, libtorch for CUDA, which loads only where CUDA's libraries are: even its CPU part
 * links to two of them. Left alone, JavaCPP then falls back library by library and mixes the two
 * builds. So this is decided once, as a whole, before anything of libtorch is loaded.
 */
public sealed interface TorchBuild {
  /** The release of CUDA that the build for GPUs is made for, 13.0 as 130. */
  int CUDA = 130;

  /** For GPUs. */
  record Cuda() implements TorchBuild {}

  /** For CPUs; there is no other one here. */
  record Cpu() implements TorchBuild {}

  /**
   * For CPUs, although the one for GPUs is here.
   *
   * @param reason what this machine lacks, as a clause
   * @param remedy what to do about it
   */
  record Fallback(String reason, String remedy) implements TorchBuild {}

  /** The choice of this process, made at the first call. */
  static TorchBuild chosen() {
    return BuildChoice.MADE;
  }

  /** Why no GPU can be used, with a remedy; empty where libtorch is built for GPUs. */
  default Optional<String> whyNoGpu() {
    if (this instanceof Fallback fallback) {
      return Optional.of(fallback.reason() + ". " + fallback.remedy());
    }
    return this instanceof Cpu
        ? Optional.of("libtorch is built for CPUs only. Build Archipelago with mvn -Pcuda.")
        : Optional.empty();
  }
}
