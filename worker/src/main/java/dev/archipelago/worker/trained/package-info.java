/**
 * A network at the end of its training, with all that its use elsewhere needs, in one file.
 *
 * <p>Entry points: {@link dev.archipelago.worker.trained.TrainedNetwork}, {@link
 * dev.archipelago.worker.trained.TrainedNetworkFile}. May use {@code protocol} and {@code
 * worker.weights}; knows no engine.
 */
@NullMarked
package dev.archipelago.worker.trained;

import org.jspecify.annotations.NullMarked;
