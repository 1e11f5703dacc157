package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.worker.data.Dataset;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.data.EvaluationBatches;
import dev.archipelago.worker.data.Normalization;
import dev.archipelago.worker.data.Splits;
import dev.archipelago.worker.data.TrainingBatches;
import dev.archipelago.worker.engine.BatchSource;
import java.util.Optional;

/** A trial's share of its data set: what it trains on, and what it holds out. */
final class Examples {
  private final Dataset dataset;
  private final Normalization normalization;
  private final BatchSource training;
  private final Optional<BatchSource> validation;

  private Examples(
      Dataset dataset,
      Normalization normalization,
      BatchSource training,
      Optional<BatchSource> validation) {
    this.dataset = dataset;
    this.normalization = normalization;
    this.training = training;
    this.validation = validation;
  }

  /** Reads training data, and no test data. */
  static Examples load(Datasets datasets, Job job) {
    Assignment assignment = job.assignment();
    job.reports().preparing("loading");
    Dataset dataset = datasets.load(assignment.dataset());
    job.check(dataset.task());
    Splits splits = dataset.splits(assignment.dataset().limit(), assignment.split());
    int[] training = job.isFinal() ? splits.both() : splits.training();
    Normalization normalization = dataset.normalization(training);
    return new Examples(
        dataset,
        normalization,
        new TrainingBatches(
            dataset.train(), training, normalization, assignment.training().augmentation()),
        job.isFinal()
            ? Optional.empty()
            : Optional.of(
                new EvaluationBatches(dataset.train(), splits.validation(), normalization)));
  }

  BatchSource training() {
    return training;
  }

  /** Empty in the last stage. */
  Optional<BatchSource> validation() {
    return validation;
  }

  /** Reads the test data. */
  BatchSource test() {
    return new EvaluationBatches(dataset.test(), normalization);
  }
}
