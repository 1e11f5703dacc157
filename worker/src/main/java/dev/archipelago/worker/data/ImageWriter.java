package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Gallery;

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
  private final Gallery gallery;

  ImageWriter(ImageSet images, Normalization normalization, Augmentation augmentation) {
    this.images = images;
    this.augmentation = augmentation;
    this.gallery = new Gallery(images.task().input(), images.pixels(), normalization.table());
  }

  @Override
  public void write(int index, SplitMix64 random, Batch batch, int place) {
    batch.labels()[place] = images.label(index);
    if (augmentation.equals(Augmentation.NONE)) {
      batch.crop(gallery, place, index, 0, 0, false);
      return;
    }
    int padding = augmentation.cropPadding();
    int down = random.nextInt(2 * padding + 1) - padding;
    int right = random.nextInt(2 * padding + 1) - padding;
    boolean mirrored = augmentation.flip() && random.nextBoolean();
    batch.crop(gallery, place, index, down, right, mirrored);
  }
}
