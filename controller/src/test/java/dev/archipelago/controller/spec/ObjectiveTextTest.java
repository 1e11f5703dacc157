package dev.archipelago.controller.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.trial.Objective;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObjectiveTextTest {
  private static final Duration TARGET = Duration.ofMillis(2);

  @Test
  void isTheFormulaOfTheSpec() {
    assertThat(ObjectiveText.of(new Objective.Accuracy())).isEqualTo("accuracy");
    assertThat(ObjectiveText.of(new Objective.Metric("f1", true))).isEqualTo("f1, maximized");
    assertThat(ObjectiveText.of(new Objective.Metric("loss", false))).isEqualTo("loss, minimized");
    assertThat(ObjectiveText.of(new Objective.AccuracyLatency(TARGET, -0.07, -0.07)))
        .isEqualTo("accuracy x (latency / 2 ms)^-0.07");
    assertThat(ObjectiveText.of(new Objective.AccuracyLatency(TARGET, 0, -1)))
        .isEqualTo("accuracy x (latency / 2 ms)^w, w = 0 below the target and -1 above");
    assertThat(ObjectiveText.of(new Objective.LossLogLatency(0.6, Duration.ofNanos(1_000))))
        .isEqualTo("loss x log(latency / 1 us)^0.6, minimized");
    assertThat(ObjectiveText.of(new Objective.LossLogRatio(0.6, TARGET)))
        .isEqualTo("loss x log(1 + latency / 2 ms)^0.6, minimized");
  }
}
