package dev.archipelago.worker.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are whole or absent, whenever the power fails. */
final class DurableFiles {
  private DurableFiles() {}

  /** Writes under another name, syncs, and renames: returns when the disk has it. */
  static void write(Path file, byte[] bytes) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(file.resolveSibling("."));
  }

  /** Moves a file into a directory beside it, under a name that no other has there. */
  static Path moveAside(Path file, String directory) throws IOException {
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
