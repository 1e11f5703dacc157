package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.settings.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line and environment of an embedded worker: on this process's class path, with little
 * priority and quick to start.
 *
 * @param mainClass takes the worker's name, the engine and the data directory
 * @param workers how many there will be; they share the machine's memory
 */
record WorkerCommand(DataDirectory directory, String mainClass, String engine, int workers)
    implements ChildLauncher {

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

  static final int NICENESS = 5;

  @Override
  public Process launch(String name) throws IOException {
    Path slot = Files.createDirectories(directory.worker(name));
    Path log = directory.logs().resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command(name, slot));
    builder.environment().putAll(ENVIRONMENT);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  List<String> command(String name, Path slot) {
    String classPath = classPath();
    List<String> command = new ArrayList<>(java(NICENESS));
    command.add("-XX:TieredStopAtLevel=1"); // the work is done in native code
    Optional<ClassArchive> archive = ClassArchive.of(classPath).filter(ClassArchive::isFresh);
    archive.ifPresent(fresh -> command.add("-XX:SharedArchiveFile=" + fresh.file()));
    command.add("-Xmx" + heapMegabytes() + "m");
    // Proof of a crash in native code, which the worker looks for at its next start.
    command.add("-XX:ErrorFile=" + slot.resolve("hs_err_pid%p.log"));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.addAll(List.of("-cp", classPath, mainClass, name, engine, directory.toString()));
    return command;
  }

  /** The start of a command line; both readers of the class archive need the same collector. */
  static List<String> java(int niceness) {
    List<String> command = new ArrayList<>();
    if (hasNice()) {
      command.addAll(List.of("nice", "-n", String.valueOf(niceness)));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    return command;
  }

  static String classPath() {
    return System.getProperty("java.class.path");
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
