package dev.archipelago.worker.data;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Scales a plane of samples: each new pixel is the mean of the area that it covers in the old
 * image, in exact integer arithmetic, so that every machine sees the same images.
 */
final class AreaScaler {
  private final int width;
  private final int height;
  private final int newWidth;
  private final int newHeight;

  AreaScaler(int width, int height, int newWidth, int newHeight) {
    this.width = width;
    this.height = height;
    this.newWidth = newWidth;
    this.newHeight = newHeight;
  }

  /**
   * @param rows gives each row of samples in [0, 255]; asked once for each, from the top
   * @return [newHeight, newWidth], rounded to nearest
   */
  byte[] scale(IntFunction<int[]> rows) {
    long[] sums = new long[newHeight * newWidth];
    long[] narrow = new long[newWidth];
    for (int y = 0; y < height; y++) {
      scaleRow(rows.apply(y), narrow);
      int top = first(y, newHeight, height);
      for (int row = top; row < newHeight && (long) row * height < (y + 1L) * newHeight; row++) {
        long share = overlap(y, newHeight, row, height);
        for (int x = 0; x < newWidth; x++) {
          sums[row * newWidth + x] += share * narrow[x];
        }
      }
    }
    long area = (long) width * height;
    byte[] scaled = new byte[sums.length];
    for (int i = 0; i < sums.length; i++) {
      scaled[i] = (byte) ((sums[i] + area / 2) / area);
    }
    return scaled;
  }

  private void scaleRow(int[] row, long[] narrow) {
    Arrays.fill(narrow, 0);
    for (int x = 0; x < width; x++) {
      int left = first(x, newWidth, width);
      for (int to = left; to < newWidth && (long) to * width < (x + 1L) * newWidth; to++) {
        narrow[to] += overlap(x, newWidth, to, width) * row[x];
      }
    }
  }

  /** The first new pixel that touches an old one; both axes are cut into width x newWidth units. */
  private static int first(int old, int oldUnits, int newUnits) {
    return Math.toIntExact((long) old * oldUnits / newUnits);
  }

  /** Units that [old, old + 1) x oldUnits and [other, other + 1) x newUnits share. */
  private static long overlap(int old, int oldUnits, int other, int newUnits) {
    long start = Math.max((long) old * oldUnits, (long) other * newUnits);
    long end = Math.min((old + 1L) * oldUnits, (other + 1L) * newUnits);
    return end - start;
  }
}
