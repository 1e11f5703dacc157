package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.settings.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embedded workers as processes: on this process's class path, with little priority and quick to
 * start.
 *
 * @param mainClass takes the engine, the data directory, and whether it is a spare or a worker
 * @param workers how many there will be; they share the machine's memory
 */
record WorkerCommand(DataDirectory directory, String mainClass, String engine, int workers)
    implements ChildLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);

  /**
   * What libtorch needs to be fast: glibc's malloc otherwise returns every large block to the
   * kernel and pays for it in page faults, and idle OpenMP threads otherwise spin.
   */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TRIM_THRESHOLD_", "17179869184",
          "MALLOC_TOP_PAD_", "67108864",
          "OMP_WAIT_POLICY", "passive",
          "OMP_NUM_THREADS", "1");

  @Override
  public Process launch(String name, boolean spare) throws IOException {
    Files.createDirectories(crashes());
    ProcessBuilder builder = new ProcessBuilder(command(spare));
    builder.environment().putAll(ENVIRONMENT);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
    return builder.start();
  }

  List<String> command(boolean spare) {
    List<String> command = new ArrayList<>();
    if (hasNice()) {
      command.addAll(List.of("nice", "-n", "5"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1"); // the work is done in native code
    command.add("-Xmx" + heapMegabytes() + "m");
    command.add("-XX:ErrorFile=" + crashes().resolve("hs_err_pid%p.log"));
    command.add("-XX:-CreateCoredumpOnCrash");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of(engine, directory.toString(), spare ? "spare" : "worker"));
    return command;
  }

  /** Its output goes on where people look for it: in the log of the worker that it now is. */
  @Override
  public void promoted(String name) {
    try {
      Path old = log(name);
      if (Files.exists(old)) {
        Files.move(old, log(name + ".before"), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(log(Crew.SPARE), old);
    } catch (IOException e) {
      LOG.warn("{} goes on writing to {}: {}", name, log(Crew.SPARE), e.toString());
    }
  }

  /** The proof of a crash in native code goes where the worker's next process looks for it. */
  @Override
  public boolean ended(String name, long pid) {
    Path crash = crashes().resolve("hs_err_pid" + pid + ".log");
    if (!Files.exists(crash)) {
      return false;
    }
    try {
      Path slot = Files.createDirectories(directory.worker(name));
      Files.move(crash, slot.resolve(crash.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("{} cannot be told of its crash {}: {}", name, crash, e.toString());
    }
    return true;
  }

  private Path log(String name) {
    return directory.logs().resolve(name + ".log");
  }

  private Path crashes() {
    return directory.worker("crashes");
  }

  /** A quarter of the machine for all heaps, but enough for a data set of 32x32 images each. */
  private long heapMegabytes() {
    long quarter = (Memory.physicalBytes() / 4 / workers) >> 20;
    return Math.max(768, Math.min(quarter, 8192));
  }

  private static boolean hasNice() {
    return Files.isExecutable(Path.of("/usr/bin/nice")) || Files.isExecutable(Path.of("/bin/nice"));
  }
}
