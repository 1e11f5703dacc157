package dev.archipelago.worker.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file where it lies, on disk or in the product's jar.
 *
 * @param place what to call it before a user
 * @param gzipped whether its content is what gunzip makes of it
 */
record StoredFile(String place, URI uri, boolean gzipped) {
  private static final int CHUNK = 1 << 16;

  private interface Sink {
    void put(byte[] chunk, int start, int length);
  }

  /**
   * Reads the whole content and compares it with what was published.
   *
   * @throws IOException naming the file, and what was expected and found
   */
  byte[] read(PublishedFile expected) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(expected.bytes()));
    copy(expected, content::put);
    return content.array();
  }

  /** Like {@link #read}, and keeps nothing. */
  void verify(PublishedFile expected) throws IOException {
    copy(expected, (chunk, start, length) -> {});
  }

  private void copy(PublishedFile expected, Sink target) throws IOException {
    MessageDigest digest = expected.checksum().start();
    long bytes = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = open()) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        bytes += n;
        if (bytes > expected.bytes()) {
          throw new IOException(
              "%s is corrupted: expected %d bytes, found more".formatted(place, expected.bytes()));
        }
        digest.update(chunk, 0, n);
        target.put(chunk, 0, n);
      }
    } catch (EOFException e) {
      throw new IOException(
          "%s is cut short: expected %d bytes, its gzip stream ends after %d"
              .formatted(place, expected.bytes(), bytes),
          e);
    } catch (ZipException e) {
      throw new IOException(place + " is corrupted: no whole gzip file, " + e.getMessage(), e);
    }
    if (bytes < expected.bytes()) {
      throw new IOException(
          "%s is cut short: expected %d bytes, found %d".formatted(place, expected.bytes(), bytes));
    }
    Checksum found = expected.checksum().finish(digest);
    if (!found.equals(expected.checksum())) {
      throw new IOException(
          "%s is corrupted: expected %s, found %s"
              .formatted(place, expected.checksum(), found.hex()));
    }
  }

  private InputStream open() throws IOException {
    InputStream in = uri.toURL().openStream();
    if (!gzipped) {
      return in;
    }
    try {
      return new GZIPInputStream(in, CHUNK);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
