/**
 * The composition root: the one program whose roles are controller, worker and command line.
 *
 * <p>Entry point: {@link dev.archipelago.deploy.Main}. The only module that knows both the
 * controller and the worker, and the only place that reads string keys, environment variables and
 * flags.
 */
@NullMarked
package dev.archipelago.deploy;

import org.jspecify.annotations.NullMarked;
