/**
 * Data sets: finding, checking, splitting, augmenting, batching.
 *
 * <p>Entry points: {@link dev.archipelago.worker.data.Datasets} for examples, {@link
 * dev.archipelago.worker.data.ExampleSet} for what can be done with them, {@link
 * dev.archipelago.worker.data.TrainingBatches} and {@link
 * dev.archipelago.worker.data.EvaluationBatches} for what an engine reads. May use {@code protocol}
 * and the batches of {@code worker.engine}.
 */
@NullMarked
package dev.archipelago.worker.data;

import org.jspecify.annotations.NullMarked;
