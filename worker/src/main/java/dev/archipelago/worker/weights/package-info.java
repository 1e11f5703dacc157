/**
 * Checkpoints as blobs that all workers share, found by their SHA-256.
 *
 * <p>Entry points: {@link dev.archipelago.worker.weights.WeightStore}, {@link
 * dev.archipelago.worker.weights.Safetensors}. Knows {@code disk} and no other package of the
 * product: a blob is bytes, a tensor a name and its values.
 */
@NullMarked
package dev.archipelago.worker.weights;

import org.jspecify.annotations.NullMarked;
