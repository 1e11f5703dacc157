package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.support.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTableTest {
  @Test
  void showsRungsLoansAndProxies() {
    assertThat(
            TrialTable.lines(
                List.of(
                    Samples.trialDocument(Samples.PROXY_TRIAL),
                    Samples.trialDocument(Samples.CONTINUED_TRIAL),
                    Samples.trialDocument(Samples.LENT_TRIAL))))
        .containsExactly(
            "TRIAL  ARM     STAGE   STATE      CONFIG  RUNG     CONTINUES  LENT BY    REWARD"
                + "  ACCURACY   synflow  PARAMETERS   FLOPS  SECONDS  DEVICE SEC  WORKER    FINGERPRINT",
            "    0  search  search  completed       0  synflow          -        -  3.21e+14"
                + "         -  3.21e+14       1,234  5.00 k        -         0.4  worker-1  -",
            "    4  search  search  completed       0  3                2        -    0.8512"
                + "    0.8512         -       1,234       -      3.4         4.5  worker-1  -",
            "    5  search  search  completed       3  1                -        2    0.7000"
                + "    0.7000         -       2,345       -      0.0         0.9  -         -");
  }

  @Test
  void leavesOutWhatNobodyNeeds() {
    String header = TrialTable.lines(List.of(Samples.trialDocument(0, "COMPLETED"))).get(0);

    assertThat(header).contains("LATENCY").doesNotContain("RUNG", "CONTINUES", "LENT BY");
    assertThat(TrialTable.lines(List.of()).get(0)).startsWith("TRIAL  ARM");
  }
}
