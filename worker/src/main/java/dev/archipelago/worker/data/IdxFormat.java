package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The format of MNIST and its successors (LeCun, http://yann.lecun.com/exdb/mnist/): a file of grey
 * images and a file of labels.
 *
 * <pre>
 *   images: 0x00000803, count, rows, columns, then a byte a pixel, row by row; 0 is background
 *   labels: 0x00000801, count, then a byte a label
 * </pre>
 *
 * All integers are big-endian, 32 bits.
 */
final class IdxFormat implements ImageFormat {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  /**
   * @param files images, then labels
   */
  @Override
  public ImageSet read(Task task, List<Content> files) throws IOException {
    byte[] pixels = images(task.input(), files.get(0));
    int[] labels = labels(task.classes(), files.get(1));
    long images = pixels.length / task.input().elements();
    if (images != labels.length) {
      throw new IOException(
          "%s holds %d images, but %s holds %d labels"
              .formatted(files.get(0).place(), images, files.get(1).place(), labels.length));
    }
    return new ImageSet(task, pixels, labels);
  }

  private static byte[] images(Shape shape, Content file) throws IOException {
    byte[] bytes = file.read();
    int[] counts = header(file, bytes, IMAGES, 3);
    if (counts[1] != shape.height() || counts[2] != shape.width()) {
      throw new IOException(
          "%s holds images of %dx%d, expected %dx%d"
              .formatted(file.place(), counts[1], counts[2], shape.height(), shape.width()));
    }
    return body(file, bytes, 16, counts[0] * shape.elements());
  }

  private static int[] labels(int classes, Content file) throws IOException {
    byte[] bytes = file.read();
    int[] counts = header(file, bytes, LABELS, 1);
    byte[] body = body(file, bytes, 8, counts[0]);
    int[] labels = new int[body.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Byte.toUnsignedInt(body[i]);
      if (labels[i] >= classes) {
        throw new IOException(
            "%s: label %d is %d, expected 0 to %d"
                .formatted(file.place(), i, labels[i], classes - 1));
      }
    }
    return labels;
  }

  /** The header's counts, after its magic number. */
  private static int[] header(Content file, byte[] bytes, int magic, int counts)
      throws IOException {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length >= Integer.BYTES && header.getInt() != magic) {
      throw new IOException(
          "%s is no IDX file of %s: it begins with 0x%08x, expected 0x%08x"
              .formatted(
                  file.place(), magic == IMAGES ? "images" : "labels", header.getInt(0), magic));
    }
    int length = Integer.BYTES * (1 + counts);
    if (bytes.length < length) {
      throw new IOException(
          "%s is cut short: %d bytes, its header alone has %d"
              .formatted(file.place(), bytes.length, length));
    }
    int[] values = new int[counts];
    for (int i = 0; i < counts; i++) {
      values[i] = header.getInt();
    }
    if (values[0] < 1) {
      throw new IOException("%s claims to hold %d items".formatted(file.place(), values[0]));
    }
    return values;
  }

  private static byte[] body(Content file, byte[] bytes, int start, long length)
      throws IOException {
    if (bytes.length != start + length) {
      throw new IOException(
          "%s %s: its header announces %d bytes, found %d"
              .formatted(
                  file.place(),
                  bytes.length < start + length ? "is cut short" : "has bytes after its end",
                  start + length,
                  bytes.length));
    }
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }
}
