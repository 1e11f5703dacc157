package dev.archipelago.protocol.trial;

import dev.archipelago.protocol.space.Task;

/**
 * A data set as a spec names it; workers resolve it to files.
 *
 * @param name {@code fashion-mnist-mini}, {@code cifar-10}, ..., {@code folder}, {@code csv} or
 *     {@code text}
 * @param path the directory or file that holds it; empty for the data directory's own copy, or for
 *     an embedded set
 * @param examples how they are taken out of the files
 * @param task what they and their labels are; a worker whose files differ fails the trial
 * @param limit at most so many examples to train and validate on, a sample by seed; 0 for all
 */
public record DatasetRef(String name, String path, Examples examples, Task task, int limit) {

  /** A data set of images of their own size. */
  public DatasetRef(String name, String path, Task task, int limit) {
    this(name, path, new Examples.Images(0), task, limit);
  }
}
