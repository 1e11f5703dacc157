package dev.archipelago.controller.strategy.ppo;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.policy.PolicyContract;

class PpoTest extends PolicyContract {

  @Override
  protected StrategyKind kind(Settings settings) {
    return Ppo.read(60, settings);
  }

  @Override
  protected String goldenDigest() {
    return "9e70d9ccd623af1dfc072fcfcc6463ce";
  }
}
