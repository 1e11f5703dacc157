package dev.archipelago.worker.measure.gpu;

/** Whether this machine has a driver that can be asked. */
public sealed interface Gpus {

  /** It has; there may still be no GPU. Whoever gets it closes the monitor. */
  record Watched(GpuMonitor monitor) implements Gpus {}

  /**
   * It has not.
   *
   * @param why as in {@code no NVIDIA driver (libnvidia-ml.so.1 not found)}
   * @param remedy what to do about it, a sentence
   */
  record None(String why, String remedy) implements Gpus {}
}
