package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data set's training images in memory, and its test images for the one look at them.
 *
 * <p>Test files are neither opened nor decoded before {@link #test()}. Thread-safe.
 */
public final class Dataset {
  private final ImageSet train;
  private final Supplier<ImageSet> reader;
  private @Nullable ImageSet test;

  Dataset(ImageSet train, Supplier<ImageSet> reader) {
    this.train = train;
    this.reader = reader;
  }

  public Task task() {
    return train.task();
  }

  /** All of them; {@link Splits} applies a search's limit and holds its validation images out. */
  public ImageSet train() {
    return train;
  }

  /**
   * Reads the test images, at the first call.
   *
   * @throws DatasetException where their files are missing or broken
   */
  public synchronized ImageSet test() {
    if (test == null) {
      test = reader.get();
    }
    return test;
  }
}
