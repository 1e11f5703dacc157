package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training.Augmentation;

/**
 * Labelled images in memory, one byte a value. Immutable by convention: nobody writes to the
 * arrays.
 *
 * <p>Image i is {@code pixels[i * task.input().elements() ...]} in order [C, H, W].
 */
public final class ImageSet implements ExampleSet {
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

  @Override
  public Task task() {
    return task;
  }

  @Override
  public int size() {
    return labels.length;
  }

  public byte[] pixels() {
    return pixels;
  }

  @Override
  public int label(int image) {
    return labels[image];
  }

  /** Stratified by class. */
  @Override
  public Splits split(int limit, Split split) {
    return Splits.of(this, limit, split);
  }

  @Override
  public Normalization normalization(int[] indices) {
    return Normalization.of(this, indices);
  }

  @Override
  public ExampleWriter writer(Normalization normalization, Augmentation augmentation) {
    return new ImageWriter(this, normalization, augmentation);
  }
}
