package dev.archipelago.controller.strategy.random;

import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import java.util.Map;

/**
 * Every architecture with equal probability, whatever was seen before.
 *
 * <p>What any other strategy has to beat at equal budget (Li and Talwalkar 2019, arXiv:1902.07638).
 * An architecture may come twice. <b>Checked by:</b> {@code RandomSearchTest}.
 */
public record RandomSearch() implements StrategyKind {
  public static final String KIND = "random";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Strategy start(StrategyContext context) {
    return new Uniform(context.space());
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    if (state.length != 0) {
      throw new IllegalArgumentException(
          "random search has no state, got " + state.length + " bytes");
    }
    return start(context);
  }
}
