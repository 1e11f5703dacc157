package dev.archipelago.worker.measure.gpu;

/** NVML's return codes ({@code nvmlReturn_t} of nvml.h) in words. */
final class NvmlStatus {
  static final int SUCCESS = 0;
  static final int DRIVER_NOT_LOADED = 9;
  static final int FUNCTION_NOT_FOUND = 13;
  static final int LIB_RM_VERSION_MISMATCH = 18;

  private NvmlStatus() {}

  static String words(int code) {
    return switch (code) {
      case SUCCESS -> "success";
      case 1 -> "the library was not initialised";
      case 2 -> "invalid argument";
      case 3 -> "this device does not support it";
      case 4 -> "this user may not";
      case 6 -> "no such device";
      case 7 -> "a buffer was too small";
      case 8 -> "a device's power cables are not attached";
      case DRIVER_NOT_LOADED -> "the NVIDIA driver is not loaded";
      case 10 -> "timed out";
      case 11 -> "the kernel has trouble with a GPU's interrupts";
      case 12 -> "a library was not found";
      case FUNCTION_NOT_FOUND -> "this driver is too old to know it";
      case 14 -> "a GPU's infoROM is corrupted";
      case 15 -> "the GPU has fallen off the bus";
      case 16 -> "the GPU must be reset first";
      case 17 -> "the operating system blocks the GPU (a container without the device?)";
      case LIB_RM_VERSION_MISMATCH ->
          "driver and library are of different versions (updated without a reboot?)";
      case 19 -> "the GPU is in use";
      case 20 -> "out of memory";
      case 21 -> "no data";
      case 999 -> "an error inside the driver";
      default -> "NVML error " + code;
    };
  }
}
