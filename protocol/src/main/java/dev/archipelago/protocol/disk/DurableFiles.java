package dev.archipelago.protocol.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Files that are whole or absent, whenever the power fails. */
public final class DurableFiles {
  private static final String UNFINISHED = ".tmp";

  /** Longer than any file takes to write. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** What becomes a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @throws IOException if it is not to become one after all
     */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  private DurableFiles() {}

  /**
   * Writes under another name, syncs, and renames: returns when the disk has it. Only for files
   * that nobody else writes at the same time.
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, of(bytes), file.resolveSibling(file.getFileName() + UNFINISHED));
  }

  /**
   * As {@link #write(Path, byte[])}, where other processes and hosts may be writing the same file:
   * each under a hidden name of its own. What those leave that are killed over it is deleted a day
   * later, with the next file that is written in the same directory.
   */
  public static void writeAmongOthers(Path file, byte[] bytes) throws IOException {
    writeAmongOthers(file, of(bytes));
  }

  /** The same with what is not in memory. Where it throws, the file is as it was. */
  public static void writeAmongOthers(Path file, Content content) throws IOException {
    Path unfinished = file.resolveSibling("." + UUID.randomUUID() + UNFINISHED);
    try {
      write(file, content, unfinished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    deleteAbandoned(file);
  }

  /** By the file system's clock, which may not be this host's. */
  private static void deleteAbandoned(Path written) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(written.resolveSibling("."), ".*" + UNFINISHED)) {
      Instant now = Files.getLastModifiedTime(written).toInstant();
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(ABANDONED))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another writer was quicker, or the next one will be luckier.
    }
  }

  private static Content of(byte[] bytes) {
    return channel -> {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    };
  }

  private static void write(Path file, Content content, Path unfinished) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      content.writeTo(channel);
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(file.resolveSibling("."));
  }

  /** Moves a file into a directory beside it, under a name that no other has there. */
  public static Path moveAside(Path file, String directory) throws IOException {
    Path aside = Files.createDirectories(file.resolveSibling(directory));
    Path target = aside.resolve(file.getFileName());
    for (int i = 1; Files.exists(target); i++) {
      target = aside.resolve(file.getFileName() + "." + i);
    }
    return Files.move(file, target);
  }

  /** The rename itself is durable only once the directory is; where that cannot be, it is not. */
  private static void syncDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows has no such thing.
    }
  }
}
