/**
 * Which worker is free and which search gets it: soft state, rebuilt from what workers and searches
 * say.
 *
 * <p>Entry points: {@link dev.archipelago.controller.pool.WorkPool}, the cluster's one pool, and
 * {@link dev.archipelago.controller.pool.WorkerGateway}, the door that workers knock at on every
 * controller.
 */
@NullMarked
package dev.archipelago.controller.pool;

import org.jspecify.annotations.NullMarked;
