package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;

/**
 * Writes images of a set into batches, normalised, cropped and mirrored. Not thread-safe.
 *
 * <p>A crop is a window of the image's size on the image in a black frame of the augmentation's
 * padding, every place equally likely (He et al. 2016, arXiv:1512.03385, §4.2); a flip has chance
 * 1/2.
 */
final class ImageWriter implements ExampleWriter {
  private final ImageSet images;
  private final Augmentation augmentation;
  private final Shape shape;
  private final float[][] table; // [C][256]
  private final float[] image; // [C, H, W]

  ImageWriter(ImageSet images, Normalization normalization, Augmentation augmentation) {
    this.images = images;
    this.augmentation = augmentation;
    this.shape = images.task().input();
    this.table = normalization.table();
    this.image = new float[Math.toIntExact(shape.elements())];
  }

  @Override
  public void write(int index, SplitMix64 random, Batch batch, int place) {
    if (augmentation.equals(Augmentation.NONE)) {
      write(index, batch, place);
      return;
    }
    int padding = augmentation.cropPadding();
    int down = random.nextInt(2 * padding + 1) - padding;
    int right = random.nextInt(2 * padding + 1) - padding;
    boolean mirrored = augmentation.flip() && random.nextBoolean();
    write(index, down, right, mirrored, batch, place);
  }

  /** Writes an image as it is, and its label. */
  private void write(int index, Batch batch, int place) {
    int plane = shape.height() * shape.width();
    int source = index * image.length;
    byte[] pixels = images.pixels();
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      float[] channel = table[c];
      for (int end = i + plane; i < end; i++) {
        image[i] = channel[pixels[source + i] & 0xff];
      }
    }
    put(index, batch, place);
  }

  /**
   * Writes what is seen of an image through a window of its own size, moved by (down, right);
   * outside the image all is black, as in the usual padding of CIFAR before normalisation.
   *
   * @param mirrored whether left and right change places, after the move
   */
  private void write(int index, int down, int right, boolean mirrored, Batch batch, int place) {
    int height = shape.height();
    int width = shape.width();
    byte[] pixels = images.pixels();
    int target = 0;
    for (int c = 0; c < shape.channels(); c++) {
      float[] channel = table[c];
      for (int y = 0; y < height; y++) {
        int row = y + down;
        boolean inside = row >= 0 && row < height;
        int source = index * image.length + (c * height + row) * width;
        for (int x = 0; x < width; x++) {
          int column = (mirrored ? width - 1 - x : x) + right;
          boolean visible = inside && column >= 0 && column < width;
          image[target++] = channel[visible ? pixels[source + column] & 0xff : 0];
        }
      }
    }
    put(index, batch, place);
  }

  private void put(int index, Batch batch, int place) {
    batch.images().put(place * image.length, image, 0, image.length);
    batch.labels()[place] = images.label(index);
  }
}
