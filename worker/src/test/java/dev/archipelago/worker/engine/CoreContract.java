package dev.archipelago.worker.engine;

import org.junit.jupiter.api.TestInstance;

/**
 * What every engine must do, for networks that stand alone and read images or tables; an engine's
 * test inherits it, and with it each of the contracts that it is made of.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CoreContract
    implements ForwardContract, TrainingContract, WeightsContract, CostContract, MemoryContract {
  @Override
  public abstract Engine engine();

  @Override
  public abstract Engine limitedTo(long bytes);
}
