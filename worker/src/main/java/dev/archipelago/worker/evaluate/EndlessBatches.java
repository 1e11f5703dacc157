package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;

/**
 * Full batches without end, pass after pass in a new order; only a set smaller than one batch gives
 * short ones.
 */
final class EndlessBatches {
  private final BatchSource source;
  private final Batch batch;
  private final int perPass;
  private final long seed;
  private int read;
  private long passes;

  /**
   * @param seed of order and augmentation
   */
  EndlessBatches(BatchSource source, int batchSize, long seed) {
    this.source = source;
    this.batch = new Batch(batchSize, Math.toIntExact(source.task().input().elements()));
    this.perPass = Math.max(1, source.size() / batchSize);
    this.seed = seed;
  }

  /** The next one, in the memory of the one before. */
  Batch next() {
    if (read == 0) {
      source.begin(SplitMix64.of(seed, passes++));
    }
    read = (read + 1) % perPass;
    source.next(batch);
    return batch;
  }
}
