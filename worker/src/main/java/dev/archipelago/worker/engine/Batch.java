package dev.archipelago.worker.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A batch of normalised images and their labels, reused from step to step: whoever fills it writes
 * the first {@link #size()} examples.
 */
public final class Batch {
  private final FloatBuffer images; // [N, C, H, W], direct
  private final int[] labels; // [N]
  private final int elements;
  private int size;

  public Batch(int capacity, int elements) {
    this.elements = elements;
    this.images =
        ByteBuffer.allocateDirect(Math.multiplyExact(capacity, elements) * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.labels = new int[capacity];
  }

  public FloatBuffer images() {
    return images;
  }

  public int[] labels() {
    return labels;
  }

  public int capacity() {
    return labels.length;
  }

  /** Values of one image. */
  public int elements() {
    return elements;
  }

  public int size() {
    return size;
  }

  public void size(int examples) {
    if (examples < 0 || examples > labels.length) {
      throw new IllegalArgumentException(examples + " of at most " + labels.length);
    }
    size = examples;
  }
}
