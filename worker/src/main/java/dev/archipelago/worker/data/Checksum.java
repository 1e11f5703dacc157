package dev.archipelago.worker.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The checksum under which a file is published.
 *
 * @param algorithm a name of {@link MessageDigest}: {@code MD5}, {@code SHA-1}, {@code SHA-256}
 * @param hex lower case
 */
record Checksum(String algorithm, String hex) {

  static Checksum md5(String hex) {
    return new Checksum("MD5", hex);
  }

  static Checksum sha1(String hex) {
    return new Checksum("SHA-1", hex);
  }

  static Checksum sha256(String hex) {
    return new Checksum("SHA-256", hex);
  }

  MessageDigest start() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  Checksum finish(MessageDigest digest) {
    return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public String toString() {
    return algorithm + " " + hex;
  }
}
