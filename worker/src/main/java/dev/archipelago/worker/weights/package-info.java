/**
 * Weights as blobs that all workers share, found by their SHA-256: in a directory, or at the
 * controller over HTTP.
 *
 * <p>Entry points: {@link dev.archipelago.worker.weights.WeightStores}, {@link
 * dev.archipelago.worker.weights.Safetensors}. Knows the protocol and no other package of the
 * worker: a blob is bytes, a tensor a name and its values.
 */
@NullMarked
package dev.archipelago.worker.weights;

import org.jspecify.annotations.NullMarked;
