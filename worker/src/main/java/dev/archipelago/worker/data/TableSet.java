package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;

/** Labelled rows of numbers in memory. Immutable by convention: nobody writes to the arrays. */
public final class TableSet implements ExampleSet {
  private final Task task;
  private final float[] values; // [N, C]
  private final int[] labels; // [N], each in [0, classes)

  TableSet(Task task, float[] values, int[] labels) {
    if (values.length != labels.length * task.input().elements()) {
      throw new IllegalArgumentException(
          "%d labels do not go with %d numbers in rows of %s"
              .formatted(labels.length, values.length, task.input()));
    }
    this.task = task;
    this.values = values;
    this.labels = labels;
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int row) {
    return labels[row];
  }

  int columns() {
    return task.input().channels();
  }

  /** As it stands in the file. */
  float value(int row, int column) {
    return values[row * columns() + column];
  }

  /** Only these rows, in this order. */
  TableSet rows(int[] indices) {
    float[] chosen = new float[indices.length * columns()];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * columns(), chosen, i * columns(), columns());
      chosenLabels[i] = labels[indices[i]];
    }
    return new TableSet(task, chosen, chosenLabels);
  }

  /** Stratified by class. */
  @Override
  public Splits split(int limit, Split split) {
    return Splits.of(this, limit, split);
  }

  @Override
  public Normalization normalization(int[] indices) {
    return Normalization.of(this, indices);
  }

  @Override
  public ExampleWriter writer(Normalization normalization, Augmentation augmentation) {
    if (!augmentation.equals(Augmentation.NONE)) {
      throw new DatasetException("rows of a table cannot be cropped or mirrored");
    }
    float[] row = new float[columns()];
    return (int index, SplitMix64 random, Batch batch, int place) -> {
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) ((value(index, c) - normalization.mean(c)) / normalization.deviation(c));
      }
      batch.images().put(place * row.length, row, 0, row.length);
      batch.labels()[place] = labels[index];
    };
  }
}
