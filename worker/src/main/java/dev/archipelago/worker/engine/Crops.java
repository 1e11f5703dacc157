package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.Shape;
import java.nio.FloatBuffer;

/**
 * Which images of a gallery a batch shows, and what of them: each through a window of an image's
 * own size, moved by (down, right); outside the image all is black, as in the usual padding of
 * CIFAR before normalisation. Mirrored, left and right change places after the move.
 */
public final class Crops {
  private final Gallery gallery;
  private final int[] images; // [N]
  private final int[] down; // [N]
  private final int[] right; // [N]
  private final boolean[] mirrored; // [N]
  private final float[] image; // [C, H, W], for painting

  Crops(Gallery gallery, int capacity) {
    this.gallery = gallery;
    this.images = new int[capacity];
    this.down = new int[capacity];
    this.right = new int[capacity];
    this.mirrored = new boolean[capacity];
    this.image = new float[Math.toIntExact(gallery.shape().elements())];
  }

  void set(int place, int index, int downwards, int rightwards, boolean isMirrored) {
    images[place] = index;
    down[place] = downwards;
    right[place] = rightwards;
    mirrored[place] = isMirrored;
  }

  public Gallery gallery() {
    return gallery;
  }

  public int image(int place) {
    return images[place];
  }

  /** The image's row that is seen in row y of the batch's; outside [0, H) it is black. */
  public int row(int place, int y) {
    return y + down[place];
  }

  /** The image's column that is seen in column x; outside [0, W) it is black. */
  public int column(int place, int x) {
    return (mirrored[place] ? gallery.shape().width() - 1 - x : x) + right[place];
  }

  /** Writes the first examples as floats. */
  void paint(int examples, FloatBuffer target) {
    for (int i = 0; i < examples; i++) {
      if (down[i] == 0 && right[i] == 0 && !mirrored[i]) {
        paintWhole(i);
      } else {
        paint(i);
      }
      target.put(i * image.length, image, 0, image.length);
    }
  }

  private void paintWhole(int place) {
    Shape shape = gallery.shape();
    byte[] pixels = gallery.pixels();
    int plane = shape.height() * shape.width();
    int source = images[place] * image.length;
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      float[] channel = gallery.levels()[c];
      for (int end = i + plane; i < end; i++) {
        image[i] = channel[pixels[source + i] & 0xff];
      }
    }
  }

  private void paint(int place) {
    Shape shape = gallery.shape();
    byte[] pixels = gallery.pixels();
    int height = shape.height();
    int width = shape.width();
    int at = 0;
    for (int c = 0; c < shape.channels(); c++) {
      float[] channel = gallery.levels()[c];
      for (int y = 0; y < height; y++) {
        int row = row(place, y);
        boolean inside = row >= 0 && row < height;
        int source = images[place] * image.length + (c * height + row) * width;
        for (int x = 0; x < width; x++) {
          int column = column(place, x);
          boolean visible = inside && column >= 0 && column < width;
          image[at++] = channel[visible ? pixels[source + column] & 0xff : 0];
        }
      }
    }
  }
}
