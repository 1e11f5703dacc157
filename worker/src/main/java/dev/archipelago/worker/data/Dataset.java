package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data set's training examples in memory, and its test examples for the one look at them.
 *
 * <p>Test examples are not kept, and files that hold nothing else not opened, before {@link
 * #test()}. Thread-safe.
 */
public final class Dataset {
  private final ExampleSet train;
  private final Supplier<ExampleSet> reader;
  private @Nullable ExampleSet test;

  Dataset(ExampleSet train, Supplier<ExampleSet> reader) {
    this.train = train;
    this.reader = reader;
  }

  public Task task() {
    return train.task();
  }

  /** All of them; {@link Splits} applies a search's limit and holds its validation examples out. */
  public ExampleSet train() {
    return train;
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
