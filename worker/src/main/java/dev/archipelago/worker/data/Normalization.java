package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Gallery;
import java.util.Arrays;

/**
 * Brings each channel of an image, or each column of a table, to mean 0 and standard deviation 1:
 * (pixel / 255 - mean) / deviation, (number - mean) / deviation.
 *
 * <p>The constants come from the examples that a network is trained on, and from no others.
 */
public final class Normalization {
  /** For examples that are no quantities: tokens. */
  static final Normalization NONE = new Normalization(new double[0], new double[0]);

  private static final double WHITE = 255;

  private final double[] mean; // [C]
  private final double[] deviation; // [C]

  private Normalization(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /** Measures the images with these indices; a channel without contrast is only shifted. */
  public static Normalization of(ImageSet images, int[] indices) {
    Shape shape = images.task().input();
    double[] mean = new double[shape.channels()];
    double[] deviation = new double[shape.channels()];
    long[][] counts = histograms(images, indices); // exact, whatever the order
    for (int c = 0; c < mean.length; c++) {
      double pixels = Arrays.stream(counts[c]).sum();
      double sum = 0;
      double squares = 0;
      for (int level = 0; level < Gallery.LEVELS; level++) {
        sum += (double) counts[c][level] * level;
        squares += (double) counts[c][level] * level * level;
      }
      double variance = (squares - sum * sum / pixels) / pixels;
      mean[c] = sum / pixels / WHITE;
      deviation[c] = variance > 0 ? Math.sqrt(variance) / WHITE : 1;
    }
    return new Normalization(mean, deviation);
  }

  /** Measures the rows with these indices; a column with one value is only shifted. */
  static Normalization of(TableSet table, int[] indices) {
    double[] mean = new double[table.columns()];
    double[] deviation = new double[mean.length];
    for (int index : indices) { // row by row, as they lie in memory
      for (int c = 0; c < mean.length; c++) {
        mean[c] += table.value(index, c);
      }
    }
    for (int c = 0; c < mean.length; c++) {
      mean[c] /= indices.length;
    }
    double[] squares = new double[mean.length];
    for (int index : indices) {
      for (int c = 0; c < mean.length; c++) {
        double difference = table.value(index, c) - mean[c];
        squares[c] += difference * difference;
      }
    }
    for (int c = 0; c < mean.length; c++) {
      deviation[c] = squares[c] > 0 ? Math.sqrt(squares[c] / indices.length) : 1;
    }
    return new Normalization(mean, deviation);
  }

  /** How many are brought there; 0 where the examples are no quantities. */
  public int channels() {
    return mean.length;
  }

  /** Of an image in units of white: 0 is black, 1 is white; of a column in its own. */
  public double mean(int channel) {
    return mean[channel];
  }

  /** In the same units. */
  public double deviation(int channel) {
    return deviation[channel];
  }

  /** What each pixel becomes: [C][256]. */
  float[][] table() {
    float[][] table = new float[mean.length][Gallery.LEVELS];
    for (int c = 0; c < mean.length; c++) {
      for (int level = 0; level < Gallery.LEVELS; level++) {
        table[c][level] = (float) ((level / WHITE - mean[c]) / deviation[c]);
      }
    }
    return table;
  }

  private static long[][] histograms(ImageSet images, int[] indices) {
    Shape shape = images.task().input();
    int plane = shape.height() * shape.width();
    byte[] pixels = images.pixels();
    long[][] counts = new long[shape.channels()][Gallery.LEVELS];
    for (int index : indices) {
      int at = index * shape.channels() * plane;
      for (long[] channel : counts) {
        for (int i = 0; i < plane; i++) {
          channel[pixels[at++] & 0xff]++;
        }
      }
    }
    return counts;
  }
}
