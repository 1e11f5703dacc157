package dev.archipelago.controller.strategy.darts;

import java.util.Map;

class PartialChannelsDartsTest extends DartsContract {

  @Override
  Map<String, Object> settings() {
    return Map.of("variant", "pc", "seeds", 1, "steps", 20);
  }

  @Override
  protected String goldenDigest() {
    return "c28641b784b4b6822b97c8f468490a36";
  }
}
