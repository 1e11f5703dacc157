package dev.archipelago.protocol.weights;

import dev.archipelago.protocol.trial.SearchId;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * One search's blobs, {@code WEIGHTS/SEARCH/5e/5e0c...safetensors}, each under its SHA-256.
 *
 * <p>No two searches share a blob, so that whoever knows that a search is over may remove its
 * directory with all that is in it, also what no fact speaks of: blobs of attempts that were lost.
 * The networks that a search is for lie apart, in {@code WEIGHTS/networks/SEARCH}, and outlast it.
 *
 * @param path {@code WEIGHTS/SEARCH}, or that of the networks
 */
public record BlobDirectory(Path path) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /**
   * @param weights the directory of all searches' blobs
   */
  public static BlobDirectory of(Path weights, SearchId search) {
    return new BlobDirectory(weights.resolve(search.value()));
  }

  /** Of the trained networks that a search ends with. */
  public static BlobDirectory ofNetworks(Path weights, SearchId search) {
    return of(networks(weights), search);
  }

  /** The directory of all searches' trained networks; no search is called so. */
  public static Path networks(Path weights) {
    return weights.resolve("networks");
  }

  /** Whether it is a blob's name: 64 lower-case hexadecimal digits. */
  public static boolean isDigest(String sha256) {
    return DIGEST.matcher(sha256).matches();
  }

  /** What digests are computed with. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * @throws IllegalArgumentException if it is no {@link #isDigest digest}
   */
  public Path file(String sha256) {
    if (!isDigest(sha256)) {
      throw new IllegalArgumentException(
          "a blob's name is its SHA-256, 64 digits of 0-9 and a-f, got \"" + sha256 + "\"");
    }
    return path.resolve(sha256.substring(0, 2)).resolve(sha256 + ".safetensors");
  }
}
