package dev.archipelago.worker.measure.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether Linux shows anything of NVIDIA's: looking at some files takes a millisecond, where
 * loading JNA and asking the linker costs every start some tenths of a second.
 *
 * @param root of the file system
 */
record Traces(Path root) {
  /** Files of the driver; the last two of WSL's and of boards on which the GPU is not on PCI. */
  private static final List<String> FILES =
      List.of(
          "proc/driver/nvidia", "dev/nvidiactl", "sys/module/nvidia", "dev/dxg", "dev/nvhost-gpu");

  private static final String DEVICES = "sys/bus/pci/devices";

  /** NVIDIA's number among the makers of PCI devices. */
  private static final String VENDOR = "0x10de";

  /** False only where there can be no GPU, or none that this process may see. */
  boolean any() {
    return FILES.stream().anyMatch(file -> Files.exists(root.resolve(file))) || isOnPci();
  }

  private boolean isOnPci() {
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(root.resolve(DEVICES))) {
      for (Path device : devices) {
        Path vendor = device.resolve("vendor");
        if (Files.isReadable(vendor)
            && Files.readString(vendor, StandardCharsets.US_ASCII).strip().equals(VENDOR)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // no such directory
    }
  }
}
