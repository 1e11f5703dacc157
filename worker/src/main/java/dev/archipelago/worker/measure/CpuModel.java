package dev.archipelago.worker.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What kind of CPU a machine has, as Linux says (proc(5): {@code cpuinfo}). */
public final class CpuModel {
  private static final String KEY = "model name";

  private CpuModel() {}

  /** {@code AMD EPYC 9654 96-Core Processor}; empty where nobody says. */
  public static String name() {
    return name(Path.of("/proc/cpuinfo"));
  }

  static String name(Path cpuinfo) {
    try {
      return Files.readAllLines(cpuinfo, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith(KEY) && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
