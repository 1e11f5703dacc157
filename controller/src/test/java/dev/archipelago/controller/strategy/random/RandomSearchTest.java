package dev.archipelago.controller.strategy.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyContract;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.protocol.space.Architecture;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomSearchTest extends StrategyContract {

  @Override
  protected StrategyKind kind() {
    return new RandomSearch();
  }

  @Override
  protected String goldenDigest() {
    return "238b60eb7d1c324977791b3a33616dc7";
  }

  @Test
  void everyOptionIsEquallyLikely() {
    int trials = 5_000;
    List<Architecture> proposals =
        Searches.run(new RandomSearch(), new EdgeSpace(), trials, 1, 3, architecture -> 0);
    double chiSquare = 0; // 6 decisions of 5 options: 24 degrees of freedom
    for (int decision = 0; decision < 6; decision++) {
      int[] seen = new int[5];
      for (Architecture proposal : proposals) {
        seen[proposal.value(decision)]++;
      }
      for (int count : seen) {
        chiSquare += Math.pow(count - trials / 5.0, 2) / (trials / 5.0);
      }
    }
    assertThat(chiSquare).isBetween(9.0, 51.2); // 99.9 % of the distribution on either side
  }

  @Test
  void refusesAnotherStrategysState() {
    StrategyContext context = new StrategyContext(new EdgeSpace(), 20, 1);
    assertThatThrownBy(() -> new RandomSearch().decode(context, new byte[] {1}))
        .hasMessage("random search has no state, got 1 bytes");
  }
}
