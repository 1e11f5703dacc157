/**
 * The worker's side of the conversation with controllers: pulls work, trains it on one thread of
 * its own, says that it lives, and keeps outcomes on disk until they are acknowledged.
 *
 * <p>Entry point: {@link dev.archipelago.worker.agent.WorkerProcess}. May use {@code protocol},
 * Akka and the worker's other packages, no engine's library.
 */
@NullMarked
package dev.archipelago.worker.agent;

import org.jspecify.annotations.NullMarked;
