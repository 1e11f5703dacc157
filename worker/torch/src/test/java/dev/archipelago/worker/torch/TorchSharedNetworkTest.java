package dev.archipelago.worker.torch;

import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.SharedContract;

class TorchSharedNetworkTest implements SharedContract {
  @Override
  public Engine engine() {
    return OnDevice.engine();
  }
}
