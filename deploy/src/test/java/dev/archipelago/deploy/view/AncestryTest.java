package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.client.TrialDocument;
import dev.archipelago.deploy.support.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AncestryTest {
  private static final String GROWN =
      """
      {"number": %d, "arm": "search", "stage": "search", "state": "COMPLETED", "attempt": 1,
       "architecture": {"layer_0/filters": "%d"}, %s
       "epochs": 3, "cumulativeEpochs": %d, "validationAccuracy": 0.%d, "params": 100,
       "deviceSeconds": 2.5}
      """;

  private static TrialDocument grown(int number, int filters, String from, int cumulative) {
    return Samples.trialDocument(GROWN.formatted(number, filters, from, cumulative, 50 + number));
  }

  @Test
  void showsEveryAncestorWithItsChangeAndItsEpochs() {
    List<TrialDocument> all =
        List.of(
            grown(0, 8, "", 3),
            grown(1, 32, "\"inherits\": 0,", 6),
            grown(2, 16, "\"inherits\": 0,", 6),
            grown(3, 16, "\"inherits\": 2,", 9));
    Ancestry ancestry = Ancestry.of(all, 3);
    assertThat(ancestry.trials()).extracting(TrialDocument::number).containsExactly(0, 2, 3);
    assertThat(ancestry.lines())
        .contains(
            "layer 0  filters 16",
            "TRIAL  EPOCHS  CUMULATIVE  ACCURACY  PARAMETERS  DEVICE SEC  HOW",
            "    0       3           3    0.5000         100         2.5  trained from fresh weights",
            "    2       3           6    0.5200         100         2.5  the weights of trial 0; layer_0/filters 8 to 16",
            "    3       3           9    0.5300         100         2.5  the weights of trial 2, as it was");
  }

  @Test
  void followsRungsAndLoansToo() {
    List<TrialDocument> all = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      all.add(Samples.trialDocument(number, "COMPLETED"));
    }
    all.add(Samples.trialDocument(Samples.CONTINUED_TRIAL));
    all.add(Samples.trialDocument(Samples.LENT_TRIAL));
    assertThat(Ancestry.of(all, 4).trials())
        .extracting(TrialDocument::number)
        .containsExactly(2, 4);
    assertThat(Ancestry.of(all, 4).lines()).anyMatch(line -> line.endsWith("training continued"));
    assertThat(Ancestry.of(all, 5).lines())
        .anyMatch(line -> line.endsWith("the score of trial 2, of the same function"));
    all.set(1, Samples.trialDocument(Samples.ROUND_TRIAL));
    assertThat(Ancestry.of(all, 1).lines()).anyMatch(line -> line.startsWith("A round on weights"));
    assertThat(Ancestry.of(all, 0).lines()).contains("Nothing of another trial went into it.");
  }
}
