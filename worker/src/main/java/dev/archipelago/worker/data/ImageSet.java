package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;

/**
 * Labelled images in memory, one byte a value. Immutable by convention: nobody writes to the
 * arrays.
 *
 * <p>Image i is {@code pixels[i * task.input().elements() ...]} in order [C, H, W].
 */
public final class ImageSet {
  private final Task task;
  private final byte[] pixels; // [N, C, H, W], unsigned
  private final int[] labels; // [N], each in [0, classes)

  public ImageSet(Task task, byte[] pixels, int[] labels) {
    Shape shape = task.input();
    if (pixels.length != labels.length * shape.elements()) {
      throw new IllegalArgumentException(
          "%d labels do not go with %d bytes of %s images"
              .formatted(labels.length, pixels.length, shape));
    }
    this.task = task;
    this.pixels = pixels;
    this.labels = labels;
  }

  public Task task() {
    return task;
  }

  public int size() {
    return labels.length;
  }

  public byte[] pixels() {
    return pixels;
  }

  public int label(int image) {
    return labels[image];
  }
}
