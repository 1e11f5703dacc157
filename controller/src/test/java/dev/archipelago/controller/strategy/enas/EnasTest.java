package dev.archipelago.controller.strategy.enas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.SharedContract;
import dev.archipelago.controller.strategy.StrategyKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnasTest extends SharedContract {

  @Override
  protected StrategyKind kind() {
    return Enas.read(
        trials(),
        new FixedSettings(
            Map.of("hidden", 8, "parts", 3, "steps", 20, "paths", 12, "candidates", 20)));
  }

  @Override
  protected int trials() {
    return 43; // six turns of 2 x 3, and seven proposals that score candidates
  }

  @Override
  protected String goldenDigest() {
    return "cfe0028bf95c0af7f1b5abb949071302";
  }

  @Test
  void theBudgetDecidesHowOftenTrainingAndScoringTakeTurns() {
    assertThat(Enas.read(20, Settings.none()).rounds().turns(20)).isEqualTo(9);
    assertThat(Enas.read(21, Settings.none()).rounds().turns(21)).isEqualTo(10);
  }

  @Test
  void refusesABudgetWithoutRoomForOneTurn() {
    FixedSettings two = new FixedSettings(Map.of("parts", 2));
    assertThat(Enas.read(5, two).obstacle(SPACE))
        .contains(
            "budget.trials must be at least 6, three rounds in 2 parts: training, scoring, and the candidates' scores; got 5");
    assertThat(Enas.read(6, two).obstacle(SPACE)).isEmpty();
  }
}
