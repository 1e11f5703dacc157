package dev.archipelago.protocol.space.reference;

import dev.archipelago.protocol.space.Shape;

/**
 * A published network's strides in their order, of which small images skip the first two.
 *
 * <p>Networks for 224 pixels halve the map five times, the first two times at once: an image of 32
 * pixels would be gone. Without these two it ends as 4x4, as is usual for CIFAR.
 */
final class Strides {
  private static final int SMALL = 64; // pixels
  private static final int EARLY = 2;

  private int skipped;

  Strides(Shape input) {
    this.skipped = isSmall(input) ? 0 : EARLY;
  }

  static boolean isSmall(Shape input) {
    return Math.max(input.height(), input.width()) <= SMALL;
  }

  /** The next stride, as published. */
  int next(int published) {
    if (published > 1 && skipped < EARLY) {
      skipped++;
      return 1;
    }
    return published;
  }
}
