package dev.archipelago.controller.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a commit says of the spec that it belongs to. */
final class SpecHash {
  private SpecHash() {}

  /** The first 16 hexadecimal digits of the text's SHA-256. */
  static String of(String spec) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(spec.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
