package dev.archipelago.worker.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A user's file of text, plain or gzipped. */
final class PlainFiles {
  /** What a worker can be expected to hold in memory some times over. */
  private static final int MOST_BYTES = 1 << 28;

  private PlainFiles() {}

  /**
   * The whole text, without a byte order mark.
   *
   * @throws IOException saying which file, and what is wrong with it
   */
  static String read(Path file) throws IOException {
    return read(file, MOST_BYTES);
  }

  /**
   * As above.
   *
   * @param mostCharacters code points, a byte order mark among them, after which it is too large
   */
  static String read(Path file, int mostCharacters) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory, not a file");
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    byte[] bytes;
    try (InputStream in = open(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new IOException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
    if (bytes.length > MOST_BYTES) {
      throw new IOException(
          "%s is too large: at most %d MiB, unpacked".formatted(file, MOST_BYTES >> 20));
    }
    // Before they are decoded, which takes several times the memory.
    int characters = characters(bytes);
    if (characters > mostCharacters) {
      throw new IOException(
          "%s has %,d characters: at most %,d fit into a worker's memory"
              .formatted(file, characters, mostCharacters));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not text in UTF-8", e);
    }
  }

  /** In UTF-8 every byte begins a character but those of the form 10xxxxxx. */
  private static int characters(byte[] utf8) {
    int count = 0;
    for (byte b : utf8) {
      count += (b & 0xc0) == 0x80 ? 0 : 1;
    }
    return count;
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    if (!file.toString().endsWith(".gz")) {
      return in;
    }
    try {
      return new GZIPInputStream(in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
