package dev.archipelago.worker.torch;

/**
 * The engine that the contracts are tested on: the CPU's, unless {@code
 * -Darchipelago.test.device=cuda:0} says otherwise ({@code bench/gpu} does).
 */
final class OnDevice {
  static final String DEVICE = System.getProperty("archipelago.test.device", "cpu");

  private OnDevice() {}

  static TorchEngine engine() {
    return limitedTo(0);
  }

  static TorchEngine limitedTo(long bytes) {
    return new TorchEngine(DEVICE, bytes);
  }
}
