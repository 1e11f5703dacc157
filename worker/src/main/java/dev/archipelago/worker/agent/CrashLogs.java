package dev.archipelago.worker.agent;

import dev.archipelago.protocol.disk.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fatal error logs that dying JVMs left in a directory: {@code hs_err_pid4711.log}, from {@code
 * -XX:ErrorFile=DIR/hs_err_pid%p.log}. A process that is killed from outside leaves none.
 */
final class CrashLogs {
  private static final String PREFIX = "hs_err_pid";

  /** Lines at the head of a log that say what happened and where. */
  private static final int LINES = 12;

  private static final int CHARACTERS = 2000;

  private final Path directory;

  CrashLogs(Path directory) {
    this.directory = directory;
  }

  /**
   * What the log of the process that held the lease says in its first lines; empty if it left none,
   * here or where it said that it would.
   */
  Optional<String> of(LeaseFile.Lease lease) throws IOException {
    Path here = directory.resolve(PREFIX + lease.pid() + ".log");
    Path log = Files.exists(here) ? here : lease.errorLog();
    if (!Files.isRegularFile(log)) {
      return Optional.empty();
    }
    // Latin-1 reads any bytes: a log may end anywhere.
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      String head =
          lines
              .map(line -> line.replaceFirst("^#\\s*", "").strip())
              .filter(line -> !line.isEmpty())
              .limit(LINES)
              .collect(Collectors.joining("\n"));
      return Optional.of(head.substring(0, Math.min(head.length(), CHARACTERS)));
    }
  }

  /** Moves all logs to {@code reported/}, so that none is taken for another process's. */
  void moveAside() throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(directory)) {
      logs = files.filter(f -> f.getFileName().toString().startsWith(PREFIX)).toList();
    }
    for (Path log : logs) {
      DurableFiles.moveAside(log, "reported");
    }
  }
}
