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
}
