package dev.archipelago.deploy.role;

import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.SharedNetwork;
import java.util.Set;

/** An engine that computes with as many threads as its worker has, whatever a trial asks for. */
record PinnedThreads(Engine engine, int pinned) implements Engine {
  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String device() {
    return engine.device();
  }

  @Override
  public Set<Capability> capabilities() {
    return engine.capabilities();
  }

  @Override
  public boolean keepsImages() {
    return engine.keepsImages();
  }

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

  @Override
  public void close() {
    engine.close();
  }
}
