/**
 * Where blobs of weights lie in a directory: workers keep them there, a controller serves and
 * collects them.
 *
 * <p>Entry point: {@link dev.archipelago.protocol.weights.BlobDirectory}. Knows {@code trial}.
 */
@NullMarked
package dev.archipelago.protocol.weights;

import org.jspecify.annotations.NullMarked;
