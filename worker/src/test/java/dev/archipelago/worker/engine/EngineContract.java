package dev.archipelago.worker.engine;

import org.junit.jupiter.api.TestInstance;

/**
 * What every engine must do; an engine's test inherits it, and with it each of the contracts that
 * it is made of.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract
    implements ForwardContract, TrainingContract, WeightsContract, ProxyContract, MemoryContract {
  @Override
  public abstract Engine engine();

  @Override
  public abstract Engine limitedTo(long bytes);
}
