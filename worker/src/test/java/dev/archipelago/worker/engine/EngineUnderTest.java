package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.NetworkPlan;

/** The engine that a contract is about. */
interface EngineUnderTest {
  /** The engine without a memory limit; the same for all tests. */
  Engine engine();

  /** An engine that refuses what it estimates to need more. */
  Engine limitedTo(long bytes);

  default Network compile(NetworkPlan plan) {
    return engine().compile(plan, 1, 1);
  }
}
