package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;

/**
 * Images in a new random order each pass, randomly cropped and mirrored: each exactly once a pass.
 *
 * <p>A crop is a window of the image's size on the image in a black frame of the augmentation's
 * padding, every place equally likely (He et al. 2016, arXiv:1512.03385, §4.2); a flip has chance
 * 1/2. The last batch is as short as it comes; whoever trains decides whether to use it.
 */
public final class TrainingBatches implements BatchSource {
  private final Task task;
  private final int[] indices;
  private final int[] order;
  private final Augmentation augmentation;
  private final ImageWriter writer;
  private SplitMix64 random = new SplitMix64(0);
  private int next;

  public TrainingBatches(
      ImageSet images, int[] indices, Normalization normalization, Augmentation augmentation) {
    this.task = images.task();
    this.indices = indices.clone();
    this.order = indices.clone();
    this.augmentation = augmentation;
    this.writer = new ImageWriter(images, normalization);
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public int size() {
    return indices.length;
  }

  /** Takes order and augmentation from the generator now: it is the caller's again afterwards. */
  @Override
  public void begin(SplitMix64 generator) {
    System.arraycopy(indices, 0, order, 0, indices.length);
    generator.shuffle(order);
    random = new SplitMix64(generator.nextLong());
    next = 0;
  }

  @Override
  public boolean next(Batch batch) {
    int count = Math.min(batch.capacity(), order.length - next);
    batch.size(count);
    for (int i = 0; i < count; i++) {
      write(order[next++], batch, i);
    }
    return count > 0;
  }

  private void write(int index, Batch batch, int place) {
    if (augmentation.equals(Augmentation.NONE)) {
      writer.write(index, batch, place);
      return;
    }
    int padding = augmentation.cropPadding();
    int down = random.nextInt(2 * padding + 1) - padding;
    int right = random.nextInt(2 * padding + 1) - padding;
    boolean mirrored = augmentation.flip() && random.nextBoolean();
    writer.write(index, down, right, mirrored, batch, place);
  }
}
