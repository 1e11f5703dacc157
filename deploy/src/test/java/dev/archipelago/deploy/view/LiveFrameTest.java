package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.support.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFrameTest {
  private static Progress progress(String phase, double pace) {
    return new Progress(
        Samples.statusDocument("RUNNING", phase, 10), Samples.workers(), List.of(), pace);
  }

  @Test
  void saysAllThatMatters() {
    assertThat(LiveFrame.lines(progress("search", 14.5), 120))
        .containsExactly(
            "quick  s1  running: searching  1m 12s",
            "  search    reinforce  [##########----------]  10/20  1 running  0 failed  2 over a"
                + " limit  best 0.8512 (trial 4)",
            "  baseline  random     [#-------------------]  1/20   1 running  1 failed              "
                + "    no result yet",
            "  14.5 trials/min, about 2m 00s left of the search",
            "  worker-1  trial 5 (attempt 2)  training  epoch 1/3  2,346 img/s  loss" + " 0.412",
            "  worker-2  idle: every search waits for results");
  }

  @Test
  void hasNoBudgetPastTheSearch() {
    List<String> lines = LiveFrame.lines(progress("retrain", 3), 200);

    assertThat(lines.get(0)).contains("training the best for longer");
    assertThat(lines.get(1)).doesNotContain("/20");
    assertThat(lines.get(3)).isEqualTo("  3.0 trials/min");
  }

  @Test
  void promisesNothingBeforeTheFirstResult() {
    assertThat(LiveFrame.lines(progress("search", Double.NaN), 200))
        .contains("  no trial has ended yet");
    assertThat(LiveFrame.secondsLeft(progress("search", Double.NaN))).isNaN();
  }

  @Test
  void aScheduleCountsConfigurationsAndRungs() {
    List<String> lines =
        LiveFrame.lines(
            new Progress(
                Samples.statusDocument(Samples.SCHEDULED), Samples.workers(), List.of(), 14.5),
            200);

    assertThat(lines.get(1))
        .contains("[#########-----------]  9/20 (synflow: 8, 1: 3, 3: 1)", "1 running");
    assertThat(lines.get(2)).as("as much as the search").contains("random").doesNotContain("[");
    assertThat(lines)
        .contains("  14.5 trials/min, about 12m 00s more on 2 workers (8m 00s to 15m 00s)");
  }

  @Test
  void aTableHasSimulatedWorkers() {
    String table = Samples.SCHEDULED.replace("\"seed\": 1", "\"seed\": 1, \"simulatedWorkers\": 8");

    assertThat(
            LiveFrame.lines(
                new Progress(Samples.statusDocument(table), List.of(), List.of(), 14.5), 200))
        .contains("  8 simulated workers, on a clock of their own");
  }

  @Test
  void cutsToTheTerminal() {
    assertThat(LiveFrame.lines(progress("search", 14.5), 40))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
  }

  @Test
  void barsNeverOverflow() {
    assertThat(LiveFrame.bar(0, 5)).isEqualTo("[--------------------]");
    assertThat(LiveFrame.bar(9, 5)).isEqualTo("[####################]");
  }
}
