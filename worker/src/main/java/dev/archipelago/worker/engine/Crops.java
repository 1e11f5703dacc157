package dev.archipelago.worker.engine;

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
        gallery.paint(images[i], image);
      } else {
        gallery.paint(images[i], down[i], right[i], mirrored[i], image);
      }
      target.put(i * image.length, image, 0, image.length);
    }
  }
}
