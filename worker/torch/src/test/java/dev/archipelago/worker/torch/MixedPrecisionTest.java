package dev.archipelago.worker.torch;

import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.PrecisionContract;

class MixedPrecisionTest implements PrecisionContract {
  @Override
  public Engine engine() {
    return TorchEngine.onCpu();
  }
}
