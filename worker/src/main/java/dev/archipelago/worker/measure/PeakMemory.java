package dev.archipelago.worker.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process's largest resident memory, native memory of the engine included, in bytes; as Linux
 * counts it (proc(5): {@code VmHWM} in {@code status}, reset by writing 5 to {@code clear_refs}).
 *
 * <p>Where the kernel does not allow the reset, as in some containers, the peak is that since the
 * process began: an upper bound. Where there is no {@code /proc}, it is 0: unknown. GPU memory is
 * not in it.
 */
public final class PeakMemory {
  private static final String PEAK = "VmHWM:";
  private static final String RESET = "5";

  private final Path process;

  public PeakMemory() {
    this(Path.of("/proc/self"));
  }

  /** Of another process; 0 once it has ended. */
  public static PeakMemory of(long pid) {
    return new PeakMemory(Path.of("/proc", Long.toString(pid)));
  }

  PeakMemory(Path process) {
    this.process = process;
  }

  /**
   * Begins anew from the memory that is resident now.
   *
   * @return whether the kernel allowed it
   */
  public boolean reset() {
    Path file = process.resolve("clear_refs");
    if (!Files.exists(file)) {
      return false;
    }
    try {
      Files.writeString(file, RESET, StandardCharsets.US_ASCII);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Bytes since the last reset; since the process began, or 0, as said above. */
  public long bytes() {
    try {
      return parse(Files.readAllLines(process.resolve("status"), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return 0;
    }
  }

  private static long parse(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(PEAK))
        .map(line -> line.substring(PEAK.length()).replace("kB", "").trim())
        .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
        .findFirst()
        .orElse(0);
  }
}
