package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training.Augmentation;

/** Labelled examples in memory, and how they come into a batch. Immutable by convention. */
public sealed interface ExampleSet permits ImageSet, TableSet, TextSet {

  Task task();

  /** At least 1. */
  int size();

  /** In [0, classes). */
  int label(int example);

  /**
   * Which examples a search trains on and which it holds out.
   *
   * @param limit at most so many for training and validation together; 0 for all
   * @throws DatasetException where one of the two would be empty
   */
  Splits split(int limit, Split split);

  /** What is measured on the examples that are trained on, and on no others. */
  Normalization normalization(int[] indices);

  /**
   * Writes examples into batches.
   *
   * @throws DatasetException if examples of this kind cannot be augmented, and shall be
   */
  ExampleWriter writer(Normalization normalization, Augmentation augmentation);
}
