package dev.archipelago.worker.measure.gpu;

/** NVML refused a call without which nothing is known. */
final class NvmlException extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;

  NvmlException(String function, int code) {
    super(function + ": " + NvmlStatus.words(code));
    this.code = code;
  }

  /** As nvml.h numbers them. */
  int code() {
    return code;
  }
}
