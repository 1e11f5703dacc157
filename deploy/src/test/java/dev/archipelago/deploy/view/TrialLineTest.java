package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.support.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialLineTest {
  private static final List<String> RUNGS = List.of("synflow", "1", "3");

  private static String line(String trial) {
    return TrialLine.of(Samples.trialDocument(trial), RUNGS);
  }

  @Test
  void saysWhatATrialContinues() {
    assertThat(line(Samples.CONTINUED_TRIAL))
        .startsWith(
            "trial 4 (search) completed: rung 3 (of synflow, 1, 3), continues trial 2, accuracy"
                + " 0.8512, 1,234 parameters");
  }

  @Test
  void saysWhoseScoreItIs() {
    assertThat(line(Samples.LENT_TRIAL))
        .contains("rung 1 (of synflow, 1, 3), accuracy 0.7000, score of trial 2 (same function)")
        .doesNotContain("trained");
  }

  @Test
  void aProxysScoreIsNoAccuracy() {
    assertThat(line(Samples.PROXY_TRIAL))
        .contains("rung synflow (of synflow, 1, 3), synflow 3.21e+14, 1,234 parameters")
        .doesNotContain("accuracy", "reward");
  }

  @Test
  void saysWhatARoundDid() {
    assertThat(TrialLine.of(Samples.trialDocument(Samples.ROUND_TRIAL), List.of("1")))
        .isEqualTo(
            "trial 1 (search) completed: bilevel, 40 steps, training loss 1.500, architecture loss"
                + " 1.600, eigenvalue 0.02000, accuracy 0.5000, worker-1");
  }

  @Test
  void withoutAScheduleNoRungIsNamed() {
    assertThat(TrialLine.of(Samples.trialDocument(Samples.LENT_TRIAL), List.of("1")))
        .doesNotContain("rung");
  }
}
