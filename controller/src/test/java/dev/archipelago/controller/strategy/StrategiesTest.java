package dev.archipelago.controller.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.ChainSpace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategiesTest {
  private static final EdgeSpace EDGES = new EdgeSpace();

  @Test
  void everyKindKeepsItsNameAndItsSettings() {
    for (String name : Strategies.kinds()) {
      for (int trials : new int[] {1, 20, 500, 100_000}) {
        StrategyKind kind = Strategies.of(name, trials, Settings.none());
        assertThat(kind.kind()).isEqualTo(name);
        assertThat(Strategies.of(name, trials, new FixedSettings(kind.settings()))).isEqualTo(kind);
      }
    }
  }

  @Test
  void defaultsAreWithinTheirRange() {
    for (String name : Strategies.kinds()) {
      for (int trials : new int[] {1, 2, 1_000_000, Integer.MAX_VALUE}) {
        Strategies.of(name, trials, new FixedSettings(Map.of()));
      }
    }
  }

  /** Each state's first byte says whose it is; {@code grid} and {@code random} have none. */
  @Test
  void noStateIsTakenForThatOfAnotherKind() {
    StrategyContext edges = new StrategyContext(EDGES, 20, 1);
    StrategyContext chain =
        new StrategyContext(
            new ChainSpace(2, List.of(1, 3), List.of(1), List.of(8, 16), false), 20, 1);
    List<Byte> formats =
        Strategies.kinds().stream()
            .map(name -> Strategies.of(name, 20, Settings.none()))
            .map(kind -> kind.start(kind.obstacle(EDGES).isEmpty() ? edges : chain).encode())
            .filter(state -> state.length > 0)
            .map(state -> state[0])
            .toList();
    assertThat(formats).hasSize(Strategies.kinds().size() - 2).doesNotHaveDuplicates();
  }

  @Test
  void namesTheKindsThereAreForOneThatIsNot() {
    assertThatThrownBy(() -> Strategies.of("reinforced", 20, Settings.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no strategy is called \"reinforced\"; there are "
                + String.join(", ", Strategies.kinds()));
    assertThat(Strategies.kinds())
        .isSorted()
        .contains("evolution", "grid", "local-search", "ppo", "predictor", "random", "reinforce");
  }
}
