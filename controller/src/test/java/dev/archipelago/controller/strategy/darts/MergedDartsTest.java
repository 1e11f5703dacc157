package dev.archipelago.controller.strategy.darts;

import java.util.Map;

class MergedDartsTest extends DartsContract {

  @Override
  Map<String, Object> settings() {
    return Map.of("merge", true, "parts", 5, "steps", 20);
  }

  @Override
  protected String goldenDigest() {
    return "6c5c50103ad6a5da0db8f1da6a3a3480";
  }
}
