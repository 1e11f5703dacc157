/**
 * The port to a deep-learning library, and what is the same for all of them: training and
 * evaluation.
 *
 * <p>Entry points: {@link dev.archipelago.worker.engine.Engine}, {@link
 * dev.archipelago.worker.engine.Trainer}, {@link dev.archipelago.worker.engine.Evaluator}. May use
 * {@code protocol}; {@code worker.data} implements its {@link
 * dev.archipelago.worker.engine.BatchSource}. No library's types appear here.
 */
@NullMarked
package dev.archipelago.worker.engine;

import org.jspecify.annotations.NullMarked;
