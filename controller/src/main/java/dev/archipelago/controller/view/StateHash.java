package dev.archipelago.controller.view;

import dev.archipelago.controller.search.Search;
import dev.archipelago.protocol.trial.Arm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A fingerprint of what strategies and schedulers know: equal for two runs that went the same way,
 * bit for bit. Clocks and workers do not enter.
 */
public final class StateHash {
  private StateHash() {}

  /** The first 16 hexadecimal digits of the SHA-256 of every arm's encoded state. */
  public static String of(Search search) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Arm arm : search.armList()) {
        digest.update(search.arm(arm).strategy().encode());
        digest.update(search.arm(arm).scheduler().encode());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
