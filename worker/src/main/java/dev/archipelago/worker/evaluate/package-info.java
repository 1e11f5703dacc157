/**
 * From an assignment to a measurement, by one class for every kind of {@link
 * dev.archipelago.protocol.trial.Evaluation}.
 *
 * <p>Entry point: {@link dev.archipelago.worker.evaluate.Evaluations}. May use {@code protocol} and
 * the worker's {@code data}, {@code engine}, {@code measure}, {@code morph} and {@code weights};
 * failures go out as exceptions, which {@code worker.agent} turns into outcomes.
 */
@NullMarked
package dev.archipelago.worker.evaluate;

import org.jspecify.annotations.NullMarked;
