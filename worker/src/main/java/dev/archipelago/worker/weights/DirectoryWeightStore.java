package dev.archipelago.worker.weights;

import dev.archipelago.protocol.disk.DurableFiles;
import dev.archipelago.protocol.weights.BlobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a directory; workers of several hosts share it over a network file system.
 *
 * <p>A blob is written under a name of its own, synced and renamed: under its digest it is whole or
 * absent. Reading checks the digest, because disks and copies err. Blobs of shared weights go when
 * no later round of their search needs them; a checkpoint that a person deletes costs a training
 * from the beginning.
 */
public final class DirectoryWeightStore implements WeightStore {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWeightStore.class);

  private final BlobDirectory blobs;

  /**
   * @param blobs made with the first one
   */
  public DirectoryWeightStore(BlobDirectory blobs) {
    this.blobs = blobs;
  }

  @Override
  public String put(byte[] blob) throws IOException {
    String digest = digest(blob);
    Path file = blobs.file(digest);
    if (!holds(file, blob)) {
      Files.createDirectories(file.resolveSibling("."));
      DurableFiles.writeAmongOthers(file, blob);
    }
    return digest;
  }

  private static boolean holds(Path file, byte[] blob) {
    try {
      return Files.size(file) == blob.length && Arrays.equals(Files.readAllBytes(file), blob);
    } catch (IOException e) {
      return false; // it is not there, or is to be written once more
    }
  }

  @Override
  public Optional<byte[]> get(String sha256) {
    if (!BlobDirectory.isDigest(sha256)) {
      return Optional.empty();
    }
    Path file = blobs.file(sha256);
    try {
      byte[] blob = Files.readAllBytes(file);
      if (digest(blob).equals(sha256)) {
        return Optional.of(blob);
      }
      LOG.warn("{} does not hold what its name says; it counts as absent", file);
    } catch (NoSuchFileException e) {
      LOG.info("no weights {}", file);
    } catch (IOException e) {
      LOG.warn("{} cannot be read; it counts as absent", file, e);
    }
    return Optional.empty();
  }

  @Override
  public void remove(String sha256) {
    if (!BlobDirectory.isDigest(sha256)) {
      return;
    }
    try {
      Files.deleteIfExists(blobs.file(sha256));
    } catch (IOException e) {
      LOG.warn("{} stays: it cannot be removed", blobs.file(sha256), e);
    }
  }

  static String digest(byte[] blob) {
    return HexFormat.of().formatHex(BlobDirectory.sha256().digest(blob));
  }
}
