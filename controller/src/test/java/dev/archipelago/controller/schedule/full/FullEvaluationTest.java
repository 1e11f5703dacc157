package dev.archipelago.controller.schedule.full;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.schedule.Races;
import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.SchedulerContract;
import dev.archipelago.controller.schedule.SchedulerKind;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FullEvaluationTest extends SchedulerContract {

  @Override
  protected SchedulerKind kind() {
    return new FullEvaluation();
  }

  @Override
  protected String goldenDigest() {
    return "bedb14413ad96266948ce4ea12a2988a";
  }

  @Test
  void evaluatesEveryConfigurationOnceAndInFull() {
    assertThat(Races.run(kind(), new ScheduleContext(3, 1), (c, r) -> OptionalDouble.of(1)))
        .containsExactly("0@0", "1@0", "2@0");
    assertThat(Races.run(kind(), new ScheduleContext(2, 4), (c, r) -> OptionalDouble.of(1)))
        .containsExactly("0@3", "1@3");
  }
}
