package dev.archipelago.controller.strategy.genotype;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A strategy's state as bytes: numbers big-endian, doubles their raw bits, values as integers. */
public final class StateCodec {
  private StateCodec() {}

  /** Writes a state's parts. */
  public interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads what a {@link Writer} wrote. */
  public interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  /**
   * @param format first byte: of which strategy, in which form
   */
  public static byte[] encode(int format, Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(format);
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are of another format, too few or too many
   */
  public static <T> T decode(int format, byte[] state, Reader<T> reader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
      int found = in.readByte();
      require(found == format, "a state of format " + found + ", not " + format);
      T read = reader.read(in);
      require(in.available() == 0, in.available() + " bytes too many in a strategy's state");
      return read;
    } catch (IOException e) {
      throw new IllegalArgumentException("a strategy's state is cut short", e);
    }
  }

  public static void write(DataOutputStream out, Architecture architecture) throws IOException {
    for (int value : architecture.values()) {
      out.writeInt(value);
    }
  }

  /**
   * @throws IllegalArgumentException if the values are not of the space
   */
  public static Architecture read(DataInputStream in, SearchSpace space, int decisions)
      throws IOException {
    List<Integer> values = new ArrayList<>(decisions);
    for (int i = 0; i < decisions; i++) {
      values.add(in.readInt());
    }
    Architecture architecture = new Architecture(space.kind(), values);
    space.check(architecture);
    return architecture;
  }

  /**
   * @throws IllegalArgumentException unless it holds
   */
  public static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
