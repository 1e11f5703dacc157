package dev.archipelago.controller.strategy.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.FixedSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentinelTest {
  private static final Watch WATCH = Watch.read(40, Settings.none());

  @Test
  void comparesMeansOfAsManyRoundsAsTheyLieApart() {
    double error = Math.sqrt(4 * Math.pow(Math.log(2) / 2, 2) / 2); // of a difference of log(3)
    assertThat(Sentinel.growth(List.of(9.0, 1.0, 2.0, 3.0, 6.0), 2))
        .isCloseTo(3 * Math.exp(-error), within(1e-12));
    assertThat(Sentinel.growth(List.of(3.0, 1.0), 1)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(Sentinel.growth(List.of(1.0, 2.0, 3.0), 2)).isEqualTo(1);
    assertThat(Sentinel.growth(List.of(-1.0, 5.0), 1)).isEqualTo(1);
  }

  @Test
  void oneScoreByHand() {
    List<Double> doubled = List.of(1.0, 1.0, 1.0, 1.0, 1.33, 1.33, 1.33, 1.33);
    assertThat(Sentinel.look(WATCH, 0.5, 0.9, doubled).score()).isCloseTo(2, within(1e-9));
    assertThat(Sentinel.look(WATCH, 1, 0.9, List.of()).score()).isEqualTo(2);
    assertThat(Sentinel.look(WATCH, 1, 0.995, List.of()).score()).isCloseTo(1, within(1e-9));
    assertThat(Sentinel.look(WATCH, -0.3, 0.9, List.of()).score()).isZero();
    Watch skipsOnly =
        Watch.read(40, new FixedSettings(Map.of("sentinel", Map.of("iterations", 0))));
    assertThat(Sentinel.look(skipsOnly, 0.5, 0.9, List.of()).score()).isEqualTo(2);
  }

  /** Sharper and sharper, but without skips, is not what it looks for. */
  @Test
  void growthAloneIsNoCollapse() {
    List<Double> exploding = List.of(1.0, 1.0, 1.0, 1.0, 1e6, 1e6, 1e6, 1e6);
    assertThat(WATCH.alarms(Sentinel.look(WATCH, 0, 0.5, exploding))).isFalse();
  }
}
