package dev.archipelago.controller.strategy.darts;

import java.util.Map;

class PlainDartsTest extends DartsContract {

  @Override
  Map<String, Object> settings() {
    return Map.of("seeds", 2, "steps", 20, "order", 2, "temperature", Map.of("schedule", "cosine"));
  }

  @Override
  protected String goldenDigest() {
    return "50d626b0d1bc5e94aa99062c7b6580ac";
  }
}
