package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.support.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void oneRowATrialOneColumnADecision() {
    List<String> lines = Csv.trials(List.of(Samples.trialDocument(0, "COMPLETED")));

    assertThat(lines.get(0))
        .startsWith("number,arm,stage,state,attempt,worker,")
        .endsWith(",failure,failureMessage,architecture.layer_0/filters");
    assertThat(lines.get(1))
        .isEqualTo(
            "0,search,search,COMPLETED,1,worker-1,ab,,,,,,,0.8,0.8,,97.2,,,,,1234,,,3.4,,,,,,,,,8");
  }

  @Test
  void saysWhereATrialComesFromAndWhatAProxyFound() {
    List<String> lines =
        Csv.trials(
            List.of(
                Samples.trialDocument(Samples.PROXY_TRIAL),
                Samples.trialDocument(Samples.CONTINUED_TRIAL),
                Samples.trialDocument(Samples.LENT_TRIAL)));

    assertThat(lines.get(0))
        .contains(
            ",configuration,rung,continues,lentBy,inherits,cumulativeEpochs,reward,",
            ",deviceSeconds,")
        .endsWith(",metric.synflow");
    assertThat(lines.get(1)).contains(",0,synflow,,,,,3.21E14,").endsWith(",3.21E14");
    assertThat(lines.get(2)).contains(",0,3,2,,,,0.8512,");
    assertThat(lines.get(3)).contains(",3,1,,2,,,0.7,");
  }

  @Test
  void saysWhatARoundDidWhereThereIsOne() {
    List<String> lines =
        Csv.trials(
            List.of(
                Samples.trialDocument(Samples.ROUND_TRIAL), Samples.trialDocument(0, "COMPLETED")));

    assertThat(lines.get(0))
        .endsWith(
            ",round.work,round.size,round.trainLoss,round.alphaLoss,round.curvature,"
                + "round.bestAccuracy,round.meanAccuracy,architecture.layer_0/filters");
    assertThat(lines.get(1)).endsWith(",bilevel,40,1.5,1.6,0.02,,,");
    assertThat(lines.get(2)).endsWith(",,,,,,,,8");
  }

  @Test
  void quotesWhatNeedsIt() {
    assertThat(Csv.trials(List.of(Samples.trialDocument(3, "FAILED"))).get(1))
        .endsWith(",DIVERGED,\"loss is NaN, \"\"sadly\"\"\",8");
  }

  @Test
  void noTrialsGiveAHeader() {
    assertThat(Csv.trials(List.of())).hasSize(1);
  }
}
