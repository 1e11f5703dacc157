package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.worker.data.Dataset;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.data.EvaluationBatches;
import dev.archipelago.worker.data.ExampleSet;
import dev.archipelago.worker.data.Normalization;
import dev.archipelago.worker.data.Splits;
import dev.archipelago.worker.data.TrainingBatches;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.Engine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;

/** A trial's share of its data set: what it trains on, and what it holds out. */
final class Examples {
  private final Dataset dataset;
  private final Splits splits;
  private final Normalization normalization;
  private final Job job;

  private Examples(Dataset dataset, Splits splits, Normalization normalization, Job job) {
    this.dataset = dataset;
    this.splits = splits;
    this.normalization = normalization;
    this.job = job;
  }

  /** Reads training data, and no test data. */
  static Examples load(Datasets datasets, Job job) {
    Assignment assignment = job.assignment();
    job.reports().preparing("loading");
    Dataset dataset = datasets.load(assignment.dataset());
    job.check(dataset.task());
    Splits splits = dataset.splits(assignment.dataset().limit(), assignment.split());
    int[] training = job.isFinal() ? splits.both() : splits.training();
    return new Examples(dataset, splits, dataset.normalization(training), job);
  }

  /** What the examples were brought to mean 0 and deviation 1 by. */
  Normalization normalization() {
    return normalization;
  }

  BatchSource training() {
    return training(job.isFinal() ? splits.both() : splits.training());
  }

  private BatchSource training(int[] indices) {
    return ahead(
        new TrainingBatches(
            dataset.train(), indices, normalization, job.assignment().training().augmentation()));
  }

  private BatchSource inOrder(ExampleSet set, int[] indices) {
    return ahead(new EvaluationBatches(set, indices, normalization));
  }

  /** On the CPU, preparing batches ahead would take from the training what it gives. */
  private BatchSource ahead(BatchSource source) {
    Engine engine = job.engine();
    return DeviceKind.of(engine.device()) == DeviceKind.CPU
        ? source
        : new PrefetchedBatches(source, ForkJoinPool.commonPool(), !engine.keepsImages());
  }

  /** The training examples in two halves: the weights', then the architecture's. */
  List<BatchSource> halves() {
    return splits.halves(dataset.train(), job.assignment().split().seed()).stream()
        .map(this::training)
        .toList();
  }

  /** Empty in the last stage. */
  Optional<BatchSource> validation() {
    return job.isFinal()
        ? Optional.empty()
        : Optional.of(inOrder(dataset.train(), splits.validation()));
  }

  /**
   * Some neighbouring batches of the held-out examples, the first following on the last.
   *
   * @param first index of the first batch, taken modulo the number of whole ones
   * @param batches how many; 0, and more than there are, for all
   */
  BatchSource heldOut(int first, int batches, int batchSize) {
    int[] all = splits.validation();
    int whole = Math.max(1, all.length / batchSize);
    if (batches == 0 || batches >= whole) {
      return inOrder(dataset.train(), all);
    }
    int begin = first % whole * batchSize;
    int[] some = new int[batches * batchSize];
    for (int i = 0; i < some.length; i++) {
      some[i] = all[(begin + i) % (whole * batchSize)];
    }
    return inOrder(dataset.train(), some);
  }

  /** Reads the test data. */
  BatchSource test() {
    return ahead(new EvaluationBatches(dataset.test(), normalization));
  }
}
