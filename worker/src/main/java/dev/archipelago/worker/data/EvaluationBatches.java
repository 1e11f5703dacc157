package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import java.util.stream.IntStream;

/**
 * Examples one after the other, as they are: each exactly once a pass, the last batch as it comes.
 */
public final class EvaluationBatches implements BatchSource {
  private final Task task;
  private final int[] indices;
  private final ExampleWriter writer;
  private final SplitMix64 unused = new SplitMix64(0);
  private int next;

  public EvaluationBatches(ExampleSet examples, int[] indices, Normalization normalization) {
    this.task = examples.task();
    this.indices = indices.clone();
    this.writer = examples.writer(normalization, Augmentation.NONE);
  }

  /** All examples of a set, in its order. */
  public EvaluationBatches(ExampleSet examples, Normalization normalization) {
    this(examples, IntStream.range(0, examples.size()).toArray(), normalization);
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public void begin(SplitMix64 random) {
    next = 0;
  }

  @Override
  public boolean next(Batch batch) {
    int count = Math.min(batch.capacity(), indices.length - next);
    batch.size(count);
    for (int i = 0; i < count; i++) {
      writer.write(indices[next++], unused, batch, i);
    }
    return count > 0;
  }
}
