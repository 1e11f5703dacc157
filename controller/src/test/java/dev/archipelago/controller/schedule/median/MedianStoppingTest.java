package dev.archipelago.controller.schedule.median;

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

class MedianStoppingTest extends SchedulerContract {

  @Override
  protected SchedulerKind kind() {
    return new MedianStopping(0);
  }

  @Override
  protected String goldenDigest() {
    return "5d19c7b02892b58250f600b838545895";
  }

  @Test
  void whatIsBelowTheMedianOfTheOthersStops() {
    assertThat(run(0, 2, 5, 3, 4, 4.5, 1))
        .containsExactly(
            "0@0", "0@1", // there are no others
            "1@0", // 3 < 5
            "2@0", "2@1", // 4 = (5 + 3) / 2
            "3@0", "3@1", // 4.5 > 4
            "4@0"); // 1 < (4.5 + 4) / 2
  }

  @Test
  void stopsOnEveryRungButNotOnThoseOfGrace() {
    assertThat(run(0, 3, 5, 6, 4)).containsExactly("0@0", "0@1", "0@2", "1@0", "1@1", "1@2", "2@0");
    assertThat(run(1, 3, 5, 6, 4))
        .containsExactly("0@0", "0@1", "0@2", "1@0", "1@1", "1@2", "2@0", "2@1");
    assertThat(run(2, 3, 5, 6, 4)).endsWith("2@0", "2@1", "2@2");
  }

  @Test
  void furthestTrainedFirstThenTheEarlier() {
    Scheduler scheduler = kind().start(new ScheduleContext(4, 3));
    for (int configuration = 0; configuration < 4; configuration++) {
      scheduler = scheduler.began(configuration, 0);
    }
    scheduler = scheduler.tell(2, 0, OptionalDouble.of(1)).tell(1, 0, OptionalDouble.of(2));
    assertThat(scheduler.next()).isEqualTo(new Step.Promote(1, 1));
    scheduler = scheduler.began(1, 1).tell(1, 1, OptionalDouble.of(2));
    assertThat(scheduler.next()).isEqualTo(new Step.Promote(1, 2));
    scheduler = scheduler.began(1, 2);
    assertThat(scheduler.next()).isEqualTo(new Step.Promote(2, 1));
    scheduler = scheduler.began(2, 1);
    assertThat(scheduler.next()).isEqualTo(new Step.Wait());
    scheduler = scheduler.tell(0, 0, OptionalDouble.empty()).tell(3, 0, OptionalDouble.of(1.4));
    assertThat(scheduler.next()).isEqualTo(new Step.Wait()); // 1.4 is below 1.5
    scheduler = scheduler.tell(2, 1, OptionalDouble.of(1));
    assertThat(scheduler.next()).isInstanceOf(Step.Done.class);
  }

  /** A reward of a configuration is the same on every rung. */
  private static List<String> run(int grace, int rungs, double... rewards) {
    return Races.run(
        new MedianStopping(grace),
        new ScheduleContext(rewards.length, rungs),
        (configuration, rung) -> OptionalDouble.of(rewards[configuration]));
  }
}
