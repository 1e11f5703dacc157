package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.settings.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line and environment of an embedded worker: this program once more, on the same class
 * path, with little priority and quick to start.
 *
 * @param mainClass of the program
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
    List<String> command = new ArrayList<>();
    if (hasNice()) {
      command.addAll(List.of("nice", "-n", "5"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions(slot));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of("worker", "--embedded", "--name", name, "--engine", engine));
    command.addAll(List.of("--data-dir", directory.toString()));
    return command;
  }

  private List<String> jvmOptions(Path slot) {
    List<String> options = new ArrayList<>();
    options.add("-XX:+UseSerialGC");
    options.add("-XX:TieredStopAtLevel=1");
    options.add("-Xshare:auto");
    options.add("-Xmx" + heapMegabytes() + "m");
    // Tensors live outside the heap; their bound is the worker's memory limit, not JavaCPP's.
    options.add("-Dorg.bytedeco.javacpp.maxBytes=0");
    options.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    // Proof of a crash in native code, which the worker looks for at its next start.
    options.add("-XX:ErrorFile=" + slot.resolve("hs_err_pid%p.log"));
    options.add("-XX:-CreateCoredumpOnCrash");
    if (Runtime.version().feature() >= 24) {
      options.add("--enable-native-access=ALL-UNNAMED");
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    return options;
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
