package dev.archipelago.controller.strategy.darts;

import java.util.Map;

class PlainDartsTest extends DartsContract {

  @Override
  Map<String, Object> settings() {
    return Map.of("seeds", 2, "steps", 20, "order", 2, "temperature", Map.of("schedule", "cosine"));
  }

  @Override
  protected String goldenDigest() {
    return "d33e13daedc3a0e2df297e1df5eda8f1";
  }
}
