package dev.archipelago.controller.strategy.enas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.SharedContract;
import dev.archipelago.controller.strategy.SharedSearches;
import dev.archipelago.controller.strategy.SharedSearches.World;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.protocol.trial.Round.Work;
import java.util.List;
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
    return 43; // three rounds of 3, five turns of 2 x 3, and four proposals that score candidates
  }

  @Override
  protected String goldenDigest() {
    return "efb661a9dc0e284bc8a82099070ba020";
  }

  @Test
  void theBudgetDecidesHowOftenTrainingAndScoringTakeTurns() {
    Rounds rounds = Enas.read(20, Settings.none()).rounds();
    assertThat(rounds.warmUp(20)).isEqualTo(4); // of 19
    assertThat(rounds.turns(20)).isEqualTo(7);
    assertThat(rounds.turns(21)).isEqualTo(7);
    assertThat(rounds.warmUp(25)).isEqualTo(6);
    assertThat(rounds.turns(25)).isEqualTo(9);
    assertThat(rounds.warmUp(3)).isZero();
    assertThat(rounds.turns(3)).isEqualTo(1);
    Rounds longest = Enas.read(4, new FixedSettings(Map.of("warm-up", 0.9))).rounds();
    assertThat(longest.warmUp(4)).as("leaves room for a turn").isEqualTo(1);
    assertThat(longest.turns(4)).isEqualTo(1);
  }

  /** Its paths are those that the seed draws, whatever the policy would draw. */
  @Test
  void thePolicyRestsWhileTheWeightsWarmUp() {
    List<Work> gentle = works(0.1);
    List<Work> steep = works(1);
    assertThat(gentle.subList(0, 5)).isEqualTo(steep.subList(0, 5));
    assertThat(gentle.subList(0, 6)).hasOnlyElementsOfType(Work.TrainPaths.class);
    assertThat(gentle.get(5)).isNotEqualTo(steep.get(5));
    assertThat(gentle.get(6)).isInstanceOf(Work.ScorePaths.class);
  }

  private static List<Work> works(double initialRange) {
    Enas kind =
        Enas.read(21, new FixedSettings(Map.of("hidden", 8, "initial-range", initialRange)));
    World world = World.of(SPACE, SharedContract::quality);
    return SharedSearches.run(kind, new StrategyContext(SPACE, 21, SEED), world, 1).asked().stream()
        .map(ask -> ((Ask.Share) ask).round().work())
        .toList();
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
