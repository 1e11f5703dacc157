package dev.archipelago.worker.engine;

import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Precision;
import java.util.Set;

/** An engine that does some things in its own way, and all others as another does them. */
public interface ForwardingEngine extends Engine {

  /** The other one. */
  Engine engine();

  @Override
  default String name() {
    return engine().name();
  }

  @Override
  default String device() {
    return engine().device();
  }

  @Override
  default Set<Capability> capabilities() {
    return engine().capabilities();
  }

  @Override
  default boolean keepsImages() {
    return engine().keepsImages();
  }

  @Override
  default Network compile(NetworkPlan plan, long seed, int threads) {
    return engine().compile(plan, seed, threads);
  }

  @Override
  default Network compile(NetworkPlan plan, long seed, int threads, Precision precision) {
    return engine().compile(plan, seed, threads, precision);
  }

  @Override
  default SharedNetwork compileShared(Supernet supernet, long seed, int threads) {
    return engine().compileShared(supernet, seed, threads);
  }

  @Override
  default SharedNetwork compileShared(
      Supernet supernet, long seed, int threads, Precision precision) {
    return engine().compileShared(supernet, seed, threads, precision);
  }

  @Override
  default void close() {
    engine().close();
  }
}
