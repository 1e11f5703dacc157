package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;

/**
 * Examples in a new random order each pass, each exactly once: augmented, where they are images.
 *
 * <p>The last batch is as short as it comes; whoever trains decides whether to use it.
 */
public final class TrainingBatches implements BatchSource {
  private final Task task;
  private final int[] indices;
  private final int[] order;
  private final ExampleWriter writer;
  private SplitMix64 random = new SplitMix64(0);
  private int next;

  public TrainingBatches(
      ExampleSet examples, int[] indices, Normalization normalization, Augmentation augmentation) {
    this.task = examples.task();
    this.indices = indices.clone();
    this.order = indices.clone();
    this.writer = examples.writer(normalization, augmentation);
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
      writer.write(order[next++], random, batch, i);
    }
    return count > 0;
  }
}
