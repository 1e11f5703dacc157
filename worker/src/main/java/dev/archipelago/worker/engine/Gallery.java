package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.Shape;

/**
 * A data set's images as they lie in memory, and what their values become: enough for an engine to
 * keep them where it computes, and to cut batches out of them there. Immutable by convention:
 * nobody writes to the arrays.
 */
public final class Gallery {
  /** Values that a byte has. */
  public static final int LEVELS = 256;

  private final Shape shape;
  private final byte[] pixels; // [N, C, H, W], unsigned
  private final float[][] levels; // [C][256]

  /**
   * @param shape of an image
   * @param pixels [N, C, H, W], unsigned
   * @param levels [C][256], what each value becomes in each channel
   */
  public Gallery(Shape shape, byte[] pixels, float[][] levels) {
    this.shape = shape;
    this.pixels = pixels;
    this.levels = levels;
  }

  public Shape shape() {
    return shape;
  }

  /** The same array for every gallery of one data set. */
  public byte[] pixels() {
    return pixels;
  }

  public float[][] levels() {
    return levels;
  }

  /** As it is. */
  void paint(int image, float[] target) {
    int plane = shape.height() * shape.width();
    int source = image * target.length;
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      float[] channel = levels[c];
      for (int end = i + plane; i < end; i++) {
        target[i] = channel[pixels[source + i] & 0xff];
      }
    }
  }

  /** What is seen of it through a window, as {@link Crops} says. */
  void paint(int image, int down, int right, boolean mirrored, float[] target) {
    int height = shape.height();
    int width = shape.width();
    int at = 0;
    for (int c = 0; c < shape.channels(); c++) {
      float[] channel = levels[c];
      for (int y = 0; y < height; y++) {
        int row = y + down;
        boolean inside = row >= 0 && row < height;
        int source = image * target.length + (c * height + row) * width;
        for (int x = 0; x < width; x++) {
          int column = (mirrored ? width - 1 - x : x) + right;
          boolean visible = inside && column >= 0 && column < width;
          target[at++] = channel[visible ? pixels[source + column] & 0xff : 0];
        }
      }
    }
  }
}
