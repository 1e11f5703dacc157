package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Split;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data set's training examples in memory, and its test examples for the one look at them.
 *
 * <p>Test examples are not kept, and files that hold nothing else not opened, before {@link
 * #test()}. Of what is computed from the training examples the last is kept: the trials of a search
 * all ask for the same. Thread-safe.
 */
public final class Dataset {
  private final ExampleSet train;
  private final Supplier<ExampleSet> reader;
  private @Nullable ExampleSet test;
  private @Nullable Cut cut;
  private int[] measured = {};
  private @Nullable Normalization normalization;

  private record Cut(int limit, Split split, Splits splits) {}

  Dataset(ExampleSet train, Supplier<ExampleSet> reader) {
    this.train = train;
    this.reader = reader;
  }

  public Task task() {
    return train.task();
  }

  /**
   * All of them; {@link #splits} applies a search's limit and holds its validation examples out.
   */
  public ExampleSet train() {
    return train;
  }

  /**
   * Which of the training examples a search trains on and which it holds out.
   *
   * @param limit at most so many for both together; 0 for all
   * @throws DatasetException where one of the two would be empty
   */
  public synchronized Splits splits(int limit, Split split) {
    Cut last = cut;
    if (last == null || last.limit() != limit || !last.split().equals(split)) {
      last = new Cut(limit, split, train.split(limit, split));
      cut = last;
    }
    return last.splits();
  }

  /** What is measured on these of the training examples, and on no others. */
  public synchronized Normalization normalization(int[] indices) {
    Normalization last = normalization;
    if (last == null || !Arrays.equals(measured, indices)) {
      last = train.normalization(indices);
      normalization = last;
      measured = indices.clone();
    }
    return last;
  }

  /**
   * Reads the test examples, at the first call.
   *
   * @throws DatasetException where their files are missing or broken
   */
  public synchronized ExampleSet test() {
    if (test == null) {
      test = reader.get();
    }
    return test;
  }
}
