package dev.archipelago.worker.engine;

import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.TrialFailure;
import java.util.Set;

/**
 * A deep-learning library on one device. A worker process has exactly one.
 *
 * <p>Not thread-safe: one thread compiles, trains and closes. Every engine passes {@code
 * CoreContract}; one that refuses no kind of network passes {@code EngineContract}.
 */
public interface Engine extends AutoCloseable {

  /** {@code torch} or {@code dl4j}. */
  String name();

  /** {@code cpu} or {@code cuda:0}. */
  String device();

  /** What it can do beside training and measuring networks without recurrent layers. */
  default Set<Capability> capabilities() {
    return Set.of();
  }

  /**
   * Whether batches' crops suffice it, since it keeps the images of a data set where it computes;
   * until there is no room for one. See {@link Batch#crops}.
   */
  default boolean keepsImages() {
    return false;
  }

  /**
   * Builds the network with fresh weights.
   *
   * @param seed of the weights: equal seeds, plans and threads give equal weights
   * @param threads CPU threads to compute with, for this network and until the next is compiled
   * @throws EngineException with category INVALID_PLAN or OUT_OF_MEMORY
   */
  Network compile(NetworkPlan plan, long seed, int threads);

  /**
   * As above, to be trained in a precision: it is {@link Network#step}'s, and all else computes in
   * float32.
   *
   * @throws EngineException as above, and with INVALID_PLAN where the engine has no such precision
   */
  default Network compile(NetworkPlan plan, long seed, int threads, Precision precision) {
    checkHas(precision);
    return compile(plan, seed, threads);
  }

  /**
   * Builds a supernet with fresh weights.
   *
   * @param seed as {@link #compile}'s
   * @param threads as {@link #compile}'s
   * @throws EngineException with category INVALID_PLAN where the engine runs no supernets, or
   *     OUT_OF_MEMORY
   */
  default SharedNetwork compileShared(Supernet supernet, long seed, int threads) {
    throw new EngineException(
        new TrialFailure(
            TrialFailure.Category.INVALID_PLAN,
            false,
            "engine " + name() + " cannot run supernets: use torch"));
  }

  /**
   * As above, to be trained in a precision: it is {@link SharedNetwork#step}'s, and all else
   * computes in float32.
   *
   * @throws EngineException as above, and with INVALID_PLAN where the engine has no such precision
   */
  default SharedNetwork compileShared(
      Supernet supernet, long seed, int threads, Precision precision) {
    checkHas(precision);
    return compileShared(supernet, seed, threads);
  }

  private void checkHas(Precision precision) {
    if (precision != Precision.FLOAT32) {
      throw new EngineException(
          new TrialFailure(
              TrialFailure.Category.INVALID_PLAN,
              false,
              "engine %s has no %s: use torch".formatted(name(), precision.label())));
    }
  }

  @Override
  void close();
}
