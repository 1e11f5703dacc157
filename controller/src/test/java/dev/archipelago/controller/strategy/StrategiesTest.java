package dev.archipelago.controller.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategiesTest {

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
