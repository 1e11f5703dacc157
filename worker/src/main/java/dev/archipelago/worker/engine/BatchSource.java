package dev.archipelago.worker.engine;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Task;

/**
 * Examples, batch by batch: what {@link Trainer} and {@link Evaluator} read.
 *
 * <p>A pass goes {@code begin}, then {@code next} until it says false, or until the reader has
 * enough: a pass may be left at any point and a new one begun. One thread at a time.
 */
public interface BatchSource {

  /** Shape of an image and number of classes. */
  Task task();

  /** Examples in a pass; at least 1. */
  int size();

  /**
   * Starts a pass. Everything random about it (order, crops, flips) comes from the generator, so
   * that equal generators give equal passes whatever was read before. A source for evaluation
   * ignores it and keeps its order.
   */
  void begin(SplitMix64 random);

  /**
   * Writes the next examples from the start of the batch, as many as it holds or as are left, and
   * sets its size. Images are normalised floats in order [N, C, H, W], written by absolute index,
   * so that the buffer's position stays 0; labels are in [0, classes).
   *
   * @return false, with the batch's size at 0, when the pass is over
   */
  boolean next(Batch batch);
}
