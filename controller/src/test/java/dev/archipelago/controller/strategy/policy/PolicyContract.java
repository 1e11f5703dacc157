package dev.archipelago.controller.strategy.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyContract;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.ChainSpace;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What every strategy that learns a policy keeps to; its test inherits this. */
public abstract class PolicyContract extends StrategyContract {
  private static final StrategyContext EDGES = new StrategyContext(new EdgeSpace(), 60, 7);
  private static final StrategyContext CHAIN =
      new StrategyContext(
          new ChainSpace(4, List.of(3, 5), List.of(1, 2), List.of(8, 16), true), 60, 7);

  /** The kind under test, for a budget of 60 trials. */
  protected abstract StrategyKind kind(Settings settings);

  @Override
  protected StrategyKind kind() {
    return kind(new FixedSettings(Map.of("hidden", 8, "batch", 3, "learning-rate", 0.02)));
  }

  private StrategyKind hidden(int units) {
    return kind(new FixedSettings(Map.of("batch", 3, "hidden", units)));
  }

  @Test
  void refusesTheStateOfAnotherSpaceOrNetwork() {
    Strategy strategy = hidden(4).start(EDGES);
    for (int n = 0; n < 6; n++) {
      Architecture architecture = Searches.ask(strategy, n, 7);
      Told told = new Told(n, architecture, OptionalDouble.of(0.1 * (n % 4)));
      strategy = strategy.proposed(n, architecture).tell(told);
    }
    byte[] state = strategy.encode();
    hidden(4).decode(EDGES, state);
    refuses(hidden(4), CHAIN, state);
    refuses(hidden(5), EDGES, state);
  }

  private static void refuses(StrategyKind kind, StrategyContext context, byte[] state) {
    assertThatThrownBy(() -> kind.decode(context, state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights for a network of");
  }
}
