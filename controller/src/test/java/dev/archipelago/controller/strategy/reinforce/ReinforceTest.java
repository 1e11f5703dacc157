package dev.archipelago.controller.strategy.reinforce;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.policy.PolicyContract;

class ReinforceTest extends PolicyContract {

  @Override
  protected StrategyKind kind(Settings settings) {
    return Reinforce.read(60, settings);
  }

  @Override
  protected String goldenDigest() {
    return "1ab64119cef6eef7449caad95026cc3d";
  }
}
