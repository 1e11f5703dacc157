package dev.archipelago.controller.schedule;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes a scheduler's state: a byte for the format, then big-endian numbers, doubles as their raw
 * bits.
 */
public final class StateWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /**
   * @param format of one kind of scheduler only
   */
  public StateWriter(char format) {
    bytes.write(format);
  }

  public StateWriter whole(int number) {
    try {
      out.writeInt(number);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return this;
  }

  public StateWriter standings(Standings standings) {
    whole(standings.size());
    try {
      for (Standing standing : standings.ranked()) {
        out.writeInt(standing.configuration());
        out.writeDouble(standing.reward());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return this;
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }
}
