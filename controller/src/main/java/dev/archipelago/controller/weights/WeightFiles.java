package dev.archipelago.controller.weights;

import dev.archipelago.protocol.disk.DurableFiles;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.weights.BlobDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Blobs as they come and go, never whole in memory. Workers that have the directory at hand use it
 * beside, in the same layout.
 *
 * <p>What is kept has the SHA-256 that it is kept under, and is on the disk when {@link #keep}
 * returns; what is opened may have been damaged since, and is for the receiver to check.
 */
public final class WeightFiles {
  /** The most bytes of a blob: what a worker can hold in one array, 2 GiB. */
  public static final long LARGEST = Integer.MAX_VALUE;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path root;

  /**
   * @param root made with the first blob
   */
  public WeightFiles(Path root) {
    this.root = root;
  }

  /**
   * A blob to be read.
   *
   * @param content closed by the receiver
   */
  public record Opened(InputStream content, long bytes) {}

  /**
   * @return empty where there is none of this name
   * @throws IllegalArgumentException if the name is no SHA-256
   */
  public Optional<Opened> open(SearchId search, String sha256) throws IOException {
    try {
      Path file = file(search, sha256);
      long bytes = Files.size(file); // of this name there are never others
      return Optional.of(new Opened(Files.newInputStream(file), bytes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps a blob, in the place of what may be there under its name.
   *
   * @param content read to its end
   * @throws IllegalArgumentException if the name is no SHA-256, or not the content's; nothing is
   *     kept
   * @throws BlobTooLargeException if there are more than {@link #LARGEST} bytes; nothing is kept
   * @throws IOException if it cannot be read or written; nothing is kept
   */
  public void keep(SearchId search, String sha256, InputStream content) throws IOException {
    Path file = file(search, sha256);
    Files.createDirectories(file.resolveSibling("."));
    DurableFiles.writeAmongOthers(file, channel -> copy(content, channel, sha256));
  }

  private static void copy(InputStream from, WritableByteChannel to, String sha256)
      throws IOException {
    MessageDigest digest = BlobDirectory.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      bytes += read;
      if (bytes > LARGEST) {
        throw new BlobTooLargeException();
      }
      digest.update(buffer, 0, read);
      ByteBuffer left = ByteBuffer.wrap(buffer, 0, read);
      while (left.hasRemaining()) {
        to.write(left);
      }
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(sha256)) {
      throw new IllegalArgumentException(
          "the SHA-256 of these %d bytes is %s, not %s".formatted(bytes, found, sha256));
    }
  }

  /**
   * Removes a blob; one that is not there is no error.
   *
   * @throws IllegalArgumentException if the name is no SHA-256
   */
  public void remove(SearchId search, String sha256) throws IOException {
    Files.deleteIfExists(file(search, sha256));
  }

  private Path file(SearchId search, String sha256) {
    return BlobDirectory.of(root, search).file(sha256);
  }
}
