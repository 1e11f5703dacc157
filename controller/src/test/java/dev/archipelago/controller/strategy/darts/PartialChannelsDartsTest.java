package dev.archipelago.controller.strategy.darts;

import java.util.Map;

class PartialChannelsDartsTest extends DartsContract {

  @Override
  Map<String, Object> settings() {
    return Map.of("variant", "pc", "seeds", 1, "steps", 20);
  }

  @Override
  protected String goldenDigest() {
    return "bc99a9ee962cf83de0128f92b2ee96ea";
  }
}
