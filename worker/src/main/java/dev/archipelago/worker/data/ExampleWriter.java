package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.worker.engine.Batch;

/** Writes examples of one set into batches, as an engine reads them. Not thread-safe. */
interface ExampleWriter {

  /**
   * Writes values and label.
   *
   * @param random where augmentation comes from; left alone where there is none
   */
  void write(int index, SplitMix64 random, Batch batch, int place);
}
