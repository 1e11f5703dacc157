package dev.archipelago.controller.schedule.halving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.schedule.Races;
import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.SchedulerContract;
import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.Step;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest extends SchedulerContract {

  @Override
  protected SchedulerKind kind() {
    return new SuccessiveHalving(3, 10);
  }

  @Override
  protected String goldenDigest() {
    return "36d16b304ca14653a6fc4aec7b23543a";
  }

  /** Hyperband's paper, Table 1, the bracket s = 4: 81, 27, 9, 3 and 1 on five rungs. */
  @Test
  void halvesAsThePaperDoes() {
    SchedulerKind whole = new SuccessiveHalving(3, 0);
    assertThat(
            Races.perRung(
                Races.run(whole, new ScheduleContext(81, 5), (c, r) -> OptionalDouble.of(c))))
        .isEqualTo(Map.of(0, 81, 1, 27, 2, 9, 3, 3, 4, 1));
  }

  @Test
  void theBestGoOnWhenAllHaveTheirResults() {
    double[] rewards = {0.2, 0.5, 0.1, 0.6, 0.3, 0.25, 0.9, 0.7};
    assertThat(run(2, 0, 8, 4, rewards))
        .containsExactly(
            "0@0", "1@0", "2@0", "3@0", "4@0", "5@0", "6@0", "7@0", // 8
            "6@1", "7@1", "3@1", "1@1", "6@2", "7@2", "6@3"); // 4, 2, 1
  }

  @Test
  void bracketsFollowOneAnotherAndTheLastHoldsTheRest() {
    double[] rewards = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(run(2, 4, 10, 2, rewards))
        .containsExactly(
            "0@0", "1@0", "2@0", "3@0", "3@1", "2@1", // a whole bracket
            "4@0", "5@0", "6@0", "7@0", "7@1", "6@1", // another
            "8@0", "9@0", "9@1"); // two are left
  }

  @Test
  void theNextBracketBeginsWhileOneWaits() {
    Scheduler scheduler = new SuccessiveHalving(2, 2).start(new ScheduleContext(4, 2));
    scheduler = scheduler.began(0, 0).began(1, 0).tell(1, 0, OptionalDouble.of(1));
    assertThat(scheduler.next()).isEqualTo(new Step.Start(0));
    scheduler = scheduler.began(5, 0).began(7, 0).tell(7, 0, OptionalDouble.of(9));
    assertThat(scheduler.next()).isEqualTo(new Step.Wait());
    scheduler = scheduler.tell(5, 0, OptionalDouble.of(8));
    assertThat(scheduler.next()).isEqualTo(new Step.Promote(7, 1));
    scheduler = scheduler.tell(0, 0, OptionalDouble.of(2));
    assertThat(scheduler.next()).isEqualTo(new Step.Promote(0, 1));
    scheduler = scheduler.began(0, 1).began(7, 1).tell(7, 1, OptionalDouble.of(3));
    assertThat(scheduler.next()).isEqualTo(new Step.Wait());
    scheduler = scheduler.tell(0, 1, OptionalDouble.empty());
    assertThat(scheduler.next()).isInstanceOf(Step.Done.class);
  }

  @Test
  void anExhaustedStrategyClosesTheBracket() {
    Scheduler scheduler = new SuccessiveHalving(2, 8).start(new ScheduleContext(100, 2));
    for (int configuration = 0; configuration < 5; configuration++) {
      scheduler = scheduler.began(configuration, 0);
      scheduler = scheduler.tell(configuration, 0, OptionalDouble.of(configuration));
    }
    assertThat(scheduler.next()).isEqualTo(new Step.Start(0));
    scheduler = scheduler.exhausted();
    for (int configuration : new int[] {4, 3}) { // floor(5 / 2)
      assertThat(scheduler.next()).isEqualTo(new Step.Promote(configuration, 1));
      scheduler = scheduler.began(configuration, 1);
      scheduler = scheduler.tell(configuration, 1, OptionalDouble.of(1));
    }
    assertThat(scheduler.next()).isInstanceOf(Step.Done.class);
  }

  @Test
  void failuresCountAndAreNeverPromoted() {
    assertThat(
            Races.run(
                new SuccessiveHalving(2, 0),
                new ScheduleContext(6, 2),
                (c, r) -> c < 4 ? OptionalDouble.empty() : OptionalDouble.of(c)))
        .endsWith("5@0", "5@1", "4@1"); // floor(6 / 2) is 3, two have a result
  }

  private static List<String> run(
      int eta, int bracket, int configurations, int rungs, double... rewards) {
    return Races.run(
        new SuccessiveHalving(eta, bracket),
        new ScheduleContext(configurations, rungs),
        (configuration, rung) -> OptionalDouble.of(rewards[configuration]));
  }
}
