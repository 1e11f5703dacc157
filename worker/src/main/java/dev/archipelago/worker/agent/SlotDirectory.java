package dev.archipelago.worker.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's own directory: its spool, its lease file, the crash logs of its processes. One process
 * at a time has it.
 */
final class SlotDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlotDirectory.class);

  private final FileChannel lock;
  private final Spool spool;
  private final LeaseFile lease;
  private final List<Letter> letters;

  private SlotDirectory(Path directory, FileChannel lock) throws IOException {
    this.lock = lock;
    this.spool = new Spool(directory.resolve("spool"));
    this.lease = new LeaseFile(directory.resolve("lease.pb"));
    examine(new CrashLogs(directory));
    this.letters = spool.load();
  }

  /**
   * Takes the directory, makes it where it is missing, and finds out how the last process ended.
   *
   * @throws IOException if another process has it, or it cannot be written
   */
  static SlotDirectory open(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (tryLock(channel) == null) {
        throw new IOException("another worker process has the directory " + directory);
      }
      return new SlotDirectory(directory, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this JVM itself has it
    }
  }

  /**
   * A lease and the same process's fatal error log prove that the engine crashed; a lease alone
   * says that the process was killed from outside, which is nobody's fault. The proof goes to the
   * spool before its pieces go away, so that being killed here loses nothing.
   */
  private void examine(CrashLogs logs) throws IOException {
    var left = lease.read();
    if (left.isPresent()) {
      var evidence = logs.of(left.get());
      if (evidence.isPresent() && !spool.holds(left.get().attempt())) {
        LOG.warn(
            "the engine crashed in {}, attempt {}: {}",
            left.get().attempt().trial(),
            left.get().attempt().number(),
            evidence.get().lines().skip(1).findFirst().orElse("no more is known"));
        spool.keep(new Letter.Crashed(left.get().attempt(), evidence.get()));
      }
    }
    logs.moveAside();
    lease.delete();
  }

  Spool spool() {
    return spool;
  }

  LeaseFile lease() {
    return lease;
  }

  /** What earlier processes of this worker did not get acknowledged. */
  List<Letter> letters() {
    return List.copyOf(letters);
  }

  /** Leaves it to the next process. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
