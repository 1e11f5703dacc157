package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A "published" IDX set of six training and four test images of 2x3, and its files' bytes. */
final class TinySet {
  static final Task TASK = new Task(new Shape(1, 2, 3), 3);

  static final Map<String, byte[]> FILES = files();

  static final PublishedSet SET =
      set(new Origin.Files(List.of(URI.create("http://nowhere.invalid/"))));

  private TinySet() {}

  static PublishedSet set(Origin origin) {
    return new PublishedSet(
        "tiny",
        "for tests",
        TASK,
        new IdxFormat(),
        List.of(published("tiny-train-images"), published("tiny-train-labels")),
        List.of(published("tiny-test-images"), published("tiny-test-labels")),
        origin);
  }

  static PublishedFile published(String name) {
    return published(name, FILES.get(name));
  }

  static PublishedFile published(String name, byte[] bytes) {
    Checksum empty = Checksum.md5("");
    MessageDigest digest = empty.start();
    digest.update(bytes);
    return new PublishedFile(name, bytes.length, empty.finish(digest));
  }

  /** Writes all four files, plain. */
  static void write(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  static byte[] idxImages(int count, int rows, int columns) {
    ByteBuffer file = ByteBuffer.allocate(16 + count * rows * columns);
    file.putInt(0x803).putInt(count).putInt(rows).putInt(columns);
    for (int i = 0; file.hasRemaining(); i++) {
      file.put((byte) (7 * i));
    }
    return file.array();
  }

  static byte[] idxLabels(int... labels) {
    ByteBuffer file = ByteBuffer.allocate(8 + labels.length);
    file.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      file.put((byte) label);
    }
    return file.array();
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("tiny-train-images", idxImages(6, 2, 3));
    files.put("tiny-train-labels", idxLabels(0, 1, 2, 2, 1, 0));
    files.put("tiny-test-images", idxImages(4, 2, 3));
    files.put("tiny-test-labels", idxLabels(2, 0, 1, 0));
    return files;
  }
}
