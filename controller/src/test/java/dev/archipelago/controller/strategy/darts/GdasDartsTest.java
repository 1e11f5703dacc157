package dev.archipelago.controller.strategy.darts;

import java.util.Map;

class GdasDartsTest extends DartsContract {

  @Override
  Map<String, Object> settings() {
    return Map.of("variant", "gdas", "seeds", 2, "steps", 20);
  }

  @Override
  protected String goldenDigest() {
    return "dfb02949ec2fa8a9231f619a33cb61e9";
  }
}
