package dev.archipelago.deploy.doctor;

import dev.archipelago.deploy.embedded.Memory;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.view.Format;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.data.FileReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** Looks at everything that a search needs of its machine. */
public final class Doctor {
  private static final int JAVA = 17;
  private static final long MEMORY_BYTES = 2L << 30;
  private static final long DISK_BYTES = 1L << 30;
  private static final int HTTP_PORT = 8600;
  private static final int ARTERY_PORT = 8610;

  private final DataDirectory directory;
  private final Datasets datasets;

  public Doctor(DataDirectory directory, Datasets datasets) {
    this.directory = directory;
    this.datasets = datasets;
  }

  public List<Finding> examine() {
    return Stream.of(
            Stream.of(java(), cores(), memory(), dataDirectory(), disk()),
            new EngineCheck().examine().stream(),
            GpuCheck.ofThisMachine().stream(),
            Stream.of(embeddedData(), port(HTTP_PORT, "HTTP"), port(ARTERY_PORT, "workers")))
        .flatMap(findings -> findings)
        .toList();
  }

  private static Finding java() {
    String text = Runtime.version() + " in " + System.getProperty("java.home");
    return Runtime.version().feature() >= JAVA
        ? Finding.ok("Java", text)
        : Finding.fail("Java", text, "Install a JDK 17 or newer, or set JAVA_HOME.");
  }

  private static Finding cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return cores >= 2
        ? Finding.ok("cores", cores + " (as many workers by default)")
        : Finding.warn("cores", "1", "A search works, with one worker; more cores make it faster.");
  }

  private static Finding memory() {
    long total = Memory.physicalBytes();
    String text = Format.bytes(total) + ", " + Format.bytes(Memory.freeBytes()) + " free";
    return total >= MEMORY_BYTES
        ? Finding.ok("memory", text)
        : Finding.warn(
            "memory",
            text,
            "A worker needs about 700 MB, the controller 400 MB: start fewer with --workers 1.");
  }

  private Finding dataDirectory() {
    try {
      directory.create();
      return Finding.ok("data directory", directory + " is writable");
    } catch (CommandException e) {
      return Finding.fail("data directory", e.text(), "Choose another one with --data-dir.");
    }
  }

  private Finding disk() {
    try {
      long free = Files.getFileStore(directory.root()).getUsableSpace();
      return free >= DISK_BYTES
          ? Finding.ok("disk", Format.bytes(free) + " free for the data directory")
          : Finding.warn(
              "disk",
              Format.bytes(free) + " free for the data directory",
              "A long search needs about 1 GB: make room, or choose another one with --data-dir.");
    } catch (IOException e) {
      return Finding.fail(
          "disk", "cannot look at " + directory, "Choose another one with --data-dir.");
    }
  }

  private Finding embeddedData() {
    String name = "fashion-mnist-mini";
    List<FileReport> bad =
        datasets.check(name, "").stream().filter(report -> !report.good()).toList();
    return bad.isEmpty()
        ? Finding.ok("data", name + " is whole")
        : Finding.fail(
            "data",
            bad.get(0).file() + ": " + bad.get(0).finding(),
            "The program's files are damaged: build or install it again.");
  }

  private static Finding port(int port, String use) {
    String subject = "port " + port;
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      return Finding.ok(subject, "free for a controller's " + use);
    } catch (IOException e) {
      return Finding.warn(
          subject,
          "taken, perhaps by a controller that runs",
          "Only the controller command needs it, and takes another with --http-port and"
              + " --artery-port.");
    }
  }
}
