package dev.archipelago.controller.schedule.asha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.schedule.Races;
import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.SchedulerContract;
import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.Step;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AshaTest extends SchedulerContract {

  @Override
  protected SchedulerKind kind() {
    return new Asha(3);
  }

  @Override
  protected String goldenDigest() {
    return "13613a50976c2ae9b0adefcc97fe6883";
  }

  /** Algorithm 2 by hand, with R = 9, r = 1, eta = 3 and one worker. */
  @Test
  void promotesWhateverIsAmongTheBestThird() {
    double[] rewards = {0.2, 0.5, 0.1, 0.6, 0.3, 0.25, 0.9, 0.7, 0.4};
    assertThat(run(3, 9, 3, rewards))
        .containsExactly(
            "0@0", "1@0", "2@0", "1@1", // 1 of 3
            "3@0", "3@1", // the best of 4 is among the first third, and not yet promoted
            "4@0", "5@0", "6@0", "6@1", "6@2", // the best of 3 on rung 1
            "7@0", "7@1", "8@0"); // 7 is second of 8
  }

  @Test
  void promotesFromTheHighestRungFirst() {
    Scheduler scheduler = kind().start(new ScheduleContext(100, 3));
    for (int configuration = 0; configuration < 9; configuration++) {
      scheduler = scheduler.began(configuration, 0);
    }
    for (int configuration = 0; configuration < 9; configuration++) {
      scheduler = scheduler.tell(configuration, 0, OptionalDouble.of(configuration));
    }
    for (int configuration = 8; configuration >= 6; configuration--) {
      assertThat(scheduler.next()).isEqualTo(new Step.Promote(configuration, 1));
      scheduler = scheduler.began(configuration, 1);
    }
    assertThat(scheduler.next()).isEqualTo(new Step.Start(0));
    for (int configuration = 9; configuration < 12; configuration++) {
      scheduler = scheduler.began(configuration, 0);
      scheduler = scheduler.tell(configuration, 0, OptionalDouble.of(configuration));
    }
    assertThat(scheduler.next()).isEqualTo(new Step.Promote(11, 1));
    for (int configuration = 6; configuration <= 8; configuration++) {
      scheduler = scheduler.tell(configuration, 1, OptionalDouble.of(-configuration));
    }
    assertThat(scheduler.next()).isEqualTo(new Step.Promote(6, 2));
  }

  @Test
  void ofEqualOnesTheEarlierGoesOn() {
    assertThat(run(2, 4, 2, 1, 1, 1, 1)).containsExactly("0@0", "1@0", "0@1", "2@0", "3@0", "1@1");
  }

  @Test
  void promotesTheBestOfARungThatStaysShort() {
    assertThat(run(4, 3, 3, 0.1, 0.3, 0.2)).containsExactly("0@0", "1@0", "2@0", "1@1", "1@2");
  }

  @Test
  void aFailureCountsAmongTheResultsAndIsNeverPromoted() {
    assertThat(
            Races.run(
                new Asha(3),
                new ScheduleContext(3, 2),
                (configuration, rung) ->
                    configuration == 1 ? OptionalDouble.of(0.1) : OptionalDouble.empty()))
        .containsExactly("0@0", "1@0", "2@0", "1@1");
  }

  /** A reward of a configuration is the same on every rung. */
  private static List<String> run(int eta, int configurations, int rungs, double... rewards) {
    return Races.run(
        new Asha(eta),
        new ScheduleContext(configurations, rungs),
        (configuration, rung) -> OptionalDouble.of(rewards[configuration]));
  }
}
