/**
 * Blobs of weights in a directory of this controller: served to workers that share no directory,
 * and collected when their search is over.
 *
 * <p>Entry points: {@link dev.archipelago.controller.weights.WeightFiles}, {@link
 * dev.archipelago.controller.weights.Collector}. May use the protocol and {@code search}; to a
 * controller weights are bytes.
 */
@NullMarked
package dev.archipelago.controller.weights;

import org.jspecify.annotations.NullMarked;
