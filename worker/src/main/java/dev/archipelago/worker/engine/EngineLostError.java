package dev.archipelago.worker.engine;

import java.util.Locale;

/**
 * The engine cannot compute any more in this process: after an error of a GPU's program, CUDA
 * answers every call with that error until the process ends. Nothing of a trial's failure, so no
 * {@link EngineException}: who runs trials ends the process, and the next one says what happened.
 */
public final class EngineLostError extends Error {
  private static final long serialVersionUID = 1L;

  public EngineLostError(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether a native library speaks of such an error; lack of memory is none. */
  public static boolean isMeantBy(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("cuda error")
        || text.contains("cuda driver error")
        || text.contains("cudaerror")
        || text.contains("illegal memory access")
        || text.contains("execution_failed"); // of cuDNN and cuBLAS
  }
}
