package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes a PNG or JPEG file and scales it. Transparency is dropped, rotation marks are ignored.
 */
final class ImageDecoder {
  /** Larger images are refused: they would take gigabytes to decode. */
  private static final long MOST_PIXELS = 100_000_000;

  private ImageDecoder() {}

  /**
   * @param shape 1 channel for grey, 3 for red, green and blue
   * @return [C, H, W], unsigned
   * @throws IOException naming the file where it cannot be read whole
   */
  static byte[] decode(Path file, Shape shape) throws IOException {
    BufferedImage image;
    try {
      image = read(Files.readAllBytes(file));
    } catch (IOException | RuntimeException e) { // readers answer bad data with either
      throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    AreaScaler scaler =
        new AreaScaler(image.getWidth(), image.getHeight(), shape.width(), shape.height());
    return isPlainGrey(image)
        ? grey(image, scaler, shape.channels())
        : colour(image, scaler, shape.channels());
  }

  private static BufferedImage read(byte[] bytes) throws IOException {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("it is neither PNG nor JPEG");
      }
      ImageReader reader = readers.next();
      try {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(stream);
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
          throw new IOException(
              "it has %d x %d pixels".formatted(reader.getWidth(0), reader.getHeight(0)));
        }
        BufferedImage image = reader.read(0);
        for (String warning : warnings) {
          if (warning.toLowerCase(Locale.ROOT).matches(".*(premature|truncated).*")) {
            throw new IOException("it is cut short: " + warning);
          }
        }
        return image;
      } finally {
        reader.dispose();
      }
    }
  }

  /** Grey samples that stand for themselves, not for places in a palette. */
  private static boolean isPlainGrey(BufferedImage image) {
    return image.getColorModel() instanceof ComponentColorModel
        && image.getRaster().getNumBands() <= 2;
  }

  /**
   * Takes the samples as they are: {@link BufferedImage#getRGB} would hold them for linear light
   * and brighten them.
   */
  private static byte[] grey(BufferedImage image, AreaScaler scaler, int channels) {
    int shift = image.getRaster().getTransferType() == DataBuffer.TYPE_USHORT ? Byte.SIZE : 0;
    int[] row = new int[image.getWidth()];
    byte[] plane =
        scaler.scale(
            y -> {
              image.getRaster().getSamples(0, y, row.length, 1, 0, row);
              for (int x = 0; x < row.length; x++) {
                row[x] >>= shift;
              }
              return row;
            });
    byte[] planes = new byte[channels * plane.length];
    for (int c = 0; c < channels; c++) {
      System.arraycopy(plane, 0, planes, c * plane.length, plane.length);
    }
    return planes;
  }

  /** Red, green and blue; or red alone, where a palette's image is stored as grey. */
  private static byte[] colour(BufferedImage image, AreaScaler scaler, int channels) {
    int[] row = new int[image.getWidth()];
    byte[][] planes = new byte[channels][];
    for (int c = 0; c < channels; c++) {
      int shift = Byte.SIZE * (2 - c);
      planes[c] =
          scaler.scale(
              y -> {
                image.getRGB(0, y, row.length, 1, row, 0, row.length);
                for (int x = 0; x < row.length; x++) {
                  row[x] = (row[x] >> shift) & 0xff;
                }
                return row;
              });
    }
    byte[] joined = new byte[channels * planes[0].length];
    for (int c = 0; c < channels; c++) {
      System.arraycopy(planes[c], 0, joined, c * planes[c].length, planes[c].length);
    }
    return joined;
  }
}
