package dev.archipelago.controller.strategy.ppo;

import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.StrategyContract;
import dev.archipelago.controller.strategy.StrategyKind;
import java.util.Map;

class PpoTest extends StrategyContract {

  @Override
  protected StrategyKind kind() {
    return Ppo.read(60, new FixedSettings(Map.of("hidden", 8, "batch", 3, "learning-rate", 0.02)));
  }

  @Override
  protected String goldenDigest() {
    return "5cfb6fa264adfeec4828224e8fdba27b";
  }
}
