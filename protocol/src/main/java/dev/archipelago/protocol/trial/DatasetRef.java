package dev.archipelago.protocol.trial;

import dev.archipelago.protocol.space.Task;

/**
 * A data set as a spec names it; workers resolve it to files.
 *
 * @param name {@code fashion-mnist-mini}, {@code cifar-10}, ... or {@code folder}
 * @param path the directory that holds it; empty for the data directory's own copy, or for an
 *     embedded set
 * @param task what its images and labels are; a worker whose files differ fails the trial
 * @param limit at most so many training images, a stratified sample by seed; 0 for all
 */
public record DatasetRef(String name, String path, Task task, int limit) {}
