/**
 * Benchmarks of the product's own code, each against the bare thing it stands on.
 *
 * <p>Entry point: {@link dev.archipelago.bench.EngineBench}, started by {@code bench/engine}. May
 * use everything; nothing depends on it.
 */
@NullMarked
package dev.archipelago.bench;

import org.jspecify.annotations.NullMarked;
