/**
 * Trained networks as files for other programs.
 *
 * <p>Entry point: {@link dev.archipelago.deploy.export.ModelFormat}. May use the worker's engines
 * and {@code worker.trained}.
 */
@NullMarked
package dev.archipelago.deploy.export;

import org.jspecify.annotations.NullMarked;
