package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import java.io.IOException;
import java.util.List;

/**
 * The binary format of CIFAR-10 and CIFAR-100 (Krizhevsky 2009,
 * https://www.cs.toronto.edu/~kriz/cifar.html): records of a few label bytes and the image, its
 * red, green and blue planes one after the other, row by row.
 *
 * @param labelClasses the number of classes of each label byte; the last label is the one used, for
 *     CIFAR-100 the fine one after the coarse one
 */
record CifarFormat(List<Integer> labelClasses) implements ImageFormat {
  CifarFormat {
    labelClasses = List.copyOf(labelClasses);
  }

  @Override
  public ImageSet read(Task task, List<Content> files) throws IOException {
    int image = Math.toIntExact(task.input().elements());
    int record = labelClasses.size() + image;
    long total = 0;
    for (Content file : files) {
      if (file.size() == 0 || file.size() % record != 0) {
        throw new IOException(
            "%s holds %d bytes, no whole number of records of %d"
                .formatted(file.place(), file.size(), record));
      }
      total += file.size() / record;
    }
    byte[] pixels = new byte[Math.toIntExact(total * image)];
    int[] labels = new int[Math.toIntExact(total)];
    int next = 0;
    for (Content file : files) {
      byte[] bytes = file.read();
      for (int at = 0; at < bytes.length; at += record) {
        labels[next] = label(file, bytes, at, record);
        System.arraycopy(bytes, at + labelClasses.size(), pixels, next * image, image);
        next++;
      }
    }
    return new ImageSet(task, pixels, labels);
  }

  private int label(Content file, byte[] bytes, int at, int record) throws IOException {
    int label = 0;
    for (int i = 0; i < labelClasses.size(); i++) {
      label = Byte.toUnsignedInt(bytes[at + i]);
      if (label >= labelClasses.get(i)) {
        throw new IOException(
            "%s: record %d has label %d, expected 0 to %d"
                .formatted(file.place(), at / record, label, labelClasses.get(i) - 1));
      }
    }
    return label;
  }
}
