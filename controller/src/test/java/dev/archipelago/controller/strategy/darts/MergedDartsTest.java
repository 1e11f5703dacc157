package dev.archipelago.controller.strategy.darts;

import java.util.Map;

class MergedDartsTest extends DartsContract {

  @Override
  Map<String, Object> settings() {
    return Map.of("merge", true, "parts", 5, "steps", 20);
  }

  @Override
  protected String goldenDigest() {
    return "98e50ee09549b30436aa0403bf619112";
  }
}
