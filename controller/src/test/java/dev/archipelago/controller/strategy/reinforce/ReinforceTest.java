package dev.archipelago.controller.strategy.reinforce;

import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.StrategyContract;
import dev.archipelago.controller.strategy.StrategyKind;
import java.util.Map;

class ReinforceTest extends StrategyContract {

  @Override
  protected StrategyKind kind() {
    return Reinforce.read(
        60, new FixedSettings(Map.of("hidden", 8, "batch", 3, "learning-rate", 0.02)));
  }

  @Override
  protected String goldenDigest() {
    return "1ab64119cef6eef7449caad95026cc3d";
  }
}
