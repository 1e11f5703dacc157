package dev.archipelago.bench;

import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;

/**
 * Writes the images of some of CIFAR-10's files as a data set {@code folder}: {@code
 * train/CLASS/N.png} and {@code test/CLASS/N.png}.
 *
 * <p>The product takes CIFAR-10 as a whole or not at all; {@code bench/gpu} has to do with what is
 * at hand.
 */
public final class CifarFolder {
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final int RECORD = 1 + 3 * PLANE; // label, then a plane of each colour

  private CifarFolder() {}

  /**
   * @param arguments the directory with {@code *data_batch_*.bin} and {@code *test*.bin}, each also
   *     as {@code .bin.gz}; the directory to write
   */
  public static void main(String[] arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    Path to = Path.of(arguments[1]);
    int train = write(from, "data_batch_", to.resolve("train"));
    int test = write(from, "test", to.resolve("test"));
    System.out.println(train + " training and " + test + " test images of CIFAR-10");
  }

  /** How many images it wrote. */
  static int write(Path from, String name, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(from)) {
      files =
          all.filter(
                  file -> file.getFileName().toString().matches(".*" + name + ".*\\.bin(\\.gz)?"))
              .sorted()
              .toList();
    }
    if (files.isEmpty()) {
      throw new IOException("no file of CIFAR-10 like " + name + "*.bin or .bin.gz in " + from);
    }
    for (String label : CLASSES) {
      Files.createDirectories(to.resolve(label));
    }
    int count = 0;
    for (Path file : files) {
      try (InputStream in = open(file)) {
        byte[] record = in.readNBytes(RECORD);
        while (record.length == RECORD) {
          Path image = to.resolve(CLASSES.get(record[0])).resolve(count + ".png");
          ImageIO.write(image(record), "png", image.toFile());
          count++;
          record = in.readNBytes(RECORD);
        }
        if (record.length > 0) {
          throw new IOException(file + " ends in the middle of an image");
        }
      }
    }
    return count;
  }

  private static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
  }

  private static BufferedImage image(byte[] record) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < PLANE; i++) {
      int red = record[1 + i] & 0xff;
      int green = record[1 + PLANE + i] & 0xff;
      int blue = record[1 + 2 * PLANE + i] & 0xff;
      image.setRGB(i % SIDE, i / SIDE, red << 16 | green << 8 | blue);
    }
    return image;
  }
}
