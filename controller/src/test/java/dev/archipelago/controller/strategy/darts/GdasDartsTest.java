package dev.archipelago.controller.strategy.darts;

import java.util.Map;

class GdasDartsTest extends DartsContract {

  @Override
  Map<String, Object> settings() {
    return Map.of("variant", "gdas", "seeds", 2, "steps", 20);
  }

  @Override
  protected String goldenDigest() {
    return "623ef47eed9e3e5fd05e3bea04c6fc0a";
  }
}
