package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.support.Samples;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  @Test
  void showsDeviceTimeAndRungsOfBothArms() {
    assertThat(StatusText.lines(Samples.statusDocument(Samples.SCHEDULED), "running"))
        .contains(
            "budget        20 trials, the same device time for the baseline, at most 1h 00m of device"
                + " time each",
            "rungs         synflow, 1, 3",
            "forecast      about 24m 00s more on 1 worker (16m 00s to 30m 00s), 12m 00s on 2 workers"
                + " (8m 00s to 15m 00s)")
        .anyMatch(line -> line.contains("2m 05s") && line.endsWith("synflow: 8, 1: 3, 3: 1"))
        .anyMatch(line -> line.contains("1m 39s") && line.endsWith("synflow: 3, 1: 0, 3: 0"));
  }

  @Test
  void aSearchWithoutAScheduleHasNoRungs() {
    assertThat(StatusText.lines(Samples.statusDocument("RUNNING", "search", 1), "running"))
        .noneMatch(line -> line.startsWith("rungs") || line.startsWith("forecast"))
        .noneMatch(line -> line.contains("ENDED ON RUNG"));
  }
}
