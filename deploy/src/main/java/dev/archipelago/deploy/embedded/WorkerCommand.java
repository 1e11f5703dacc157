package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.settings.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embedded workers as processes: on this process's class path, with little priority and quick to
 * start.
 *
 * @param mainClass takes the engine, the data directory, whether it is a spare or a worker, and the
 *     device
 * @param staff all of them; they share the machine's memory
 */
record WorkerCommand(DataDirectory directory, String mainClass, Staff staff)
    implements ChildLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);

  /** One thread each: their number is what fills the cores. */
  private static final String THREADS = "OMP_NUM_THREADS";

  @Override
  public Process launch(String name, boolean spare) throws IOException {
    Files.createDirectories(crashes());
    ProcessBuilder builder = new ProcessBuilder(command(name, spare));
    builder.environment().putAll(ChildJvm.environment(device(name)));
    builder.environment().put(THREADS, "1");
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
    return builder.start();
  }

  List<String> command(String name, boolean spare) {
    List<String> options = new ArrayList<>(ChildJvm.sharedClasses());
    options.add("-XX:+UseSerialGC");
    options.add("-XX:TieredStopAtLevel=1"); // the work is done in native code
    options.add(ChildJvm.heap(staff.workers()));
    options.addAll(ChildJvm.errorFile(crashes()));
    if (Runtime.version().feature() >= 24) {
      options.add("--enable-native-access=ALL-UNNAMED");
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    List<String> command = new ArrayList<>();
    if (hasNice()) {
      command.addAll(List.of("nice", "-n", "5"));
    }
    command.addAll(ChildJvm.command(options, mainClass));
    command.addAll(
        List.of(staff.engine(), directory.toString(), spare ? "spare" : "worker", device(name)));
    return command;
  }

  /** Only where all are on the CPU somebody stands by. */
  private String device(String name) {
    for (int worker = 1; worker <= staff.workers(); worker++) {
      if (Staff.name(worker).equals(name)) {
        return staff.devices().get(worker - 1);
      }
    }
    return "cpu";
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

  private static boolean hasNice() {
    return Files.isExecutable(Path.of("/usr/bin/nice")) || Files.isExecutable(Path.of("/bin/nice"));
  }
}
