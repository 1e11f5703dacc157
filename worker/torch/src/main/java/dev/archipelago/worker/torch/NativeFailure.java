package dev.archipelago.worker.torch;

import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.worker.engine.NativeErrors;
import java.util.List;
import java.util.function.Supplier;

/**
 * What libtorch throws: DefaultCPUAllocator, std::bad_alloc, CUDA, cuDNN and oneDNN lack memory in
 * their own words.
 */
final class NativeFailure {
  private static final NativeErrors ERRORS =
      new NativeErrors(
          "libtorch",
          List.of(
              "can't allocate memory",
              "cannot allocate memory",
              "not enough memory",
              "out of memory",
              "bad_alloc",
              "alloc_failed",
              "unable to find an engine", // cuDNN, whose every plan lacked workspace
              "cublas_status_not_initialized"));

  private NativeFailure() {}

  static <T> T translate(Supplier<T> work) {
    return ERRORS.translate(work);
  }

  static TrialFailure failure(Throwable cause) {
    return ERRORS.failure(cause);
  }

  static boolean isOutOfMemory(Throwable cause) {
    return ERRORS.isOutOfMemory(cause);
  }
}
