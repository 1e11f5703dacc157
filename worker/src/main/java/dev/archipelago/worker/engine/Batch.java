package dev.archipelago.worker.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A batch of normalised images and their labels, reused from step to step: whoever fills it sets
 * its size, then writes the first {@link #size()} examples.
 *
 * <p>Images are written as floats, or all of them as crops of one gallery, which become floats when
 * somebody asks for floats: an engine that keeps the gallery where it computes does not.
 */
public final class Batch {
  private final int capacity;
  private final int elements;
  private Contents contents;

  private static final class Contents {
    private final int[] labels; // [N]
    private @Nullable FloatBuffer images; // [N, C, H, W], direct; taken when it is needed
    private int size;
    private @Nullable Crops crops; // kept for its memory, too
    private boolean isCropped; // as crops, and not yet as floats

    Contents(int capacity) {
      this.labels = new int[capacity];
    }
  }

  public Batch(int capacity, int elements) {
    this.capacity = capacity;
    this.elements = elements;
    this.contents = new Contents(capacity);
  }

  /** As floats, which the caller may change: from now on the batch is no crops any more. */
  public FloatBuffer images() {
    FloatBuffer images = contents.images;
    if (images == null) {
      images =
          ByteBuffer.allocateDirect(Math.multiplyExact(capacity, elements) * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      contents.images = images;
    }
    if (contents.isCropped && contents.crops != null) {
      contents.crops.paint(contents.size, images);
    }
    contents.isCropped = false;
    return images;
  }

  /** Writes an example's image as a crop; all of the batch's are of one gallery. */
  public void crop(Gallery gallery, int place, int image, int down, int right, boolean mirrored) {
    if (contents.crops == null || contents.crops.gallery() != gallery) {
      contents.crops = new Crops(gallery, capacity);
    }
    contents.crops.set(place, image, down, right, mirrored);
    contents.isCropped = true;
  }

  /** What the images are crops of; empty where they are floats. */
  public Optional<Crops> crops() {
    return contents.isCropped ? Optional.ofNullable(contents.crops) : Optional.empty();
  }

  public int[] labels() {
    return contents.labels;
  }

  public int capacity() {
    return capacity;
  }

  /** Values of one image. */
  public int elements() {
    return elements;
  }

  public int size() {
    return contents.size;
  }

  public void size(int examples) {
    if (examples < 0 || examples > capacity) {
      throw new IllegalArgumentException(examples + " of at most " + capacity);
    }
    contents.size = examples;
  }

  /**
   * Exchanges contents with another batch.
   *
   * @throws IllegalArgumentException if it has other dimensions
   */
  public void swap(Batch other) {
    if (other.capacity != capacity || other.elements != elements) {
      throw new IllegalArgumentException("batches of other dimensions cannot change places");
    }
    Contents own = contents;
    contents = other.contents;
    other.contents = own;
  }
}
