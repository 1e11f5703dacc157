package dev.archipelago.deploy.role;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.ForwardingEngine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.SharedNetwork;

/** An engine that computes with as many threads as its worker has, whatever a trial asks for. */
record PinnedThreads(Engine engine, int pinned) implements ForwardingEngine {
  @Override
  public Network compile(NetworkPlan plan, long seed, int threads) {
    return engine.compile(plan, seed, pinned);
  }

  @Override
  public Network compile(NetworkPlan plan, long seed, int threads, Precision precision) {
    return engine.compile(plan, seed, pinned, precision);
  }

  @Override
  public SharedNetwork compileShared(Supernet supernet, long seed, int threads) {
    return engine.compileShared(supernet, seed, pinned);
  }

  @Override
  public SharedNetwork compileShared(
      Supernet supernet, long seed, int threads, Precision precision) {
    return engine.compileShared(supernet, seed, pinned, precision);
  }
}
