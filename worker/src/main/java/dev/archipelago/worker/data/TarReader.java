package dev.archipelago.worker.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the plain files of a tar archive, one after the other (POSIX.1-1988 ustar; no long names,
 * no sparse files: what published data sets need).
 */
final class TarReader {
  private static final int BLOCK = 512;

  private final InputStream in;
  private String name = "";
  private long left; // bytes of the current file that nobody has read
  private long padding; // after them, up to a whole block

  TarReader(InputStream in) {
    this.in = in;
  }

  /** Goes on to the next plain file; false at the archive's end. */
  boolean next() throws IOException {
    while (true) {
      in.skipNBytes(left + padding);
      byte[] header = in.readNBytes(BLOCK);
      if (header.length == 0 || text(header, 0, 100).isEmpty()) {
        return false;
      }
      if (header.length < BLOCK) {
        throw new EOFException("the tar archive ends in a header");
      }
      name = text(header, 0, 100);
      left = octal(text(header, 124, 12));
      padding = (BLOCK - left % BLOCK) % BLOCK;
      if (header[156] == '0' || header[156] == 0) {
        return true;
      }
    }
  }

  /** Path of the current file in the archive. */
  String name() {
    return name;
  }

  /**
   * The current file's bytes; to be read before the next one is asked for, closing does nothing.
   */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int start, int length) throws IOException {
        if (left == 0) {
          return -1;
        }
        int n = in.read(target, start, (int) Math.min(length, left));
        if (n < 0) {
          throw new EOFException("the tar archive ends in " + name);
        }
        left -= n;
        return n;
      }
    };
  }

  private static String text(byte[] header, int start, int length) {
    int end = start;
    while (end < Math.min(header.length, start + length) && header[end] != 0) {
      end++;
    }
    return new String(header, start, end - start, StandardCharsets.US_ASCII).trim();
  }

  private static long octal(String digits) throws IOException {
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("no size in a tar header: " + digits, e);
    }
  }
}
