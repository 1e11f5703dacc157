package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.NetworkPlan;

/**
 * A deep-learning library on one device. A worker process has exactly one.
 *
 * <p>Not thread-safe: one thread compiles, trains and closes. Every engine passes {@code
 * EngineContract}.
 */
public interface Engine extends AutoCloseable {

  /** {@code torch} or {@code dl4j}. */
  String name();

  /** {@code cpu} or {@code cuda:0}. */
  String device();

  /**
   * Builds the network with fresh weights.
   *
   * @param seed of the weights: equal seeds, plans and threads give equal weights
   * @param threads CPU threads to compute with, for this network and until the next is compiled
   * @throws EngineException with category INVALID_PLAN or OUT_OF_MEMORY
   */
  Network compile(NetworkPlan plan, long seed, int threads);

  @Override
  void close();
}
