package dev.archipelago.controller.schedule.halving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.schedule.Races;
import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.SchedulerContract;
import dev.archipelago.controller.schedule.SchedulerKind;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HyperbandTest extends SchedulerContract {

  @Override
  protected SchedulerKind kind() {
    return new Hyperband(3);
  }

  @Override
  protected String goldenDigest() {
    return "cc2642f595b7f72a940c647f23ab15bb";
  }

  /**
   * Algorithm 1 with R = 81 and eta = 3, by hand: brackets of 81, 34, 15, 8 and 5, which halve to
   * 81 27 9 3 1, 34 11 3 1, 15 5 1, 8 2 and 5.
   */
  @Test
  void bracketsAreThoseOfThePaper() {
    List<String> one = run(3, 81 + 34 + 15 + 8 + 5, 5);
    assertThat(Races.perRung(one))
        .isEqualTo(
            Map.of(0, 81, 1, 27 + 34, 2, 9 + 11 + 15, 3, 3 + 3 + 5 + 8, 4, 1 + 1 + 1 + 2 + 5));
    assertThat(one)
        .containsSubsequence("80@4", "81@1", "114@4", "115@2", "129@4", "130@3", "138@4");
  }

  @Test
  void beginsAgainAfterTheLastBracket() {
    // rungs = 2: brackets of ceil(2 / 2 * 2) = 2 and ceil(2 / 1 * 1) = 2
    assertThat(run(2, 6, 2))
        .containsExactly("0@0", "1@0", "1@1", "2@1", "3@1", "4@0", "5@0", "5@1");
  }

  @Test
  void bracketsThatNoBudgetFillsDoNotOverflow() {
    assertThat(
            Races.run(
                new Hyperband(1_000), new ScheduleContext(2, 12), (c, r) -> OptionalDouble.of(c)))
        .startsWith("0@0", "1@0", "1@1")
        .endsWith("1@11");
  }

  /** Later configurations are better. */
  private static List<String> run(int eta, int configurations, int rungs) {
    return Races.run(
        new Hyperband(eta),
        new ScheduleContext(configurations, rungs),
        (configuration, rung) -> OptionalDouble.of(configuration));
  }
}
