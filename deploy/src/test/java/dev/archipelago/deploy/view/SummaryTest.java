package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.client.BestDocument;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.support.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static List<String> lines(String json) {
    return Summary.lines(
        Json.read(Json.parse(json), BestDocument.class), new Hints(" --data-dir d"));
  }

  @Test
  void showsTheWinnerBesideTheBaseline() {
    assertThat(lines(Samples.BEST))
        .containsSubsequence(
            "  test accuracy                 0.8875             0.8801",
            "  parameters                    45,210                  -",
            "  device time of the search     2m 05s             1m 59s",
            "  layer 0  3x5, 16 filters               -",
            "  layer 2  3x3, 8 filters, reads also 0  -",
            "  published network  test accuracy  latency  parameters  FLOPs",
            "  resnet-18                 0.8933  -        11,172,810  457 M",
            "The winner's network is worse than resnet-18 by 0.58 points.",
            "The winner's network is better by 0.74 points.",
            "40 trials completed, 1 failed, in 2m 31s.",
            "  ./archipelago trials s1 --data-dir d        every trial");
  }

  @Test
  void doesWithoutABaseline() {
    assertThat(lines("{\"search\": \"s1\", \"winner\": {\"trial\": 7, \"testAccuracy\": 0.9}}"))
        .contains("  test accuracy                0.9000")
        .noneMatch(line -> line.contains("baseline"));
  }

  @Test
  void wrapsSentences() {
    assertThat(Summary.wrap("one two three four", 9)).containsExactly("one two", "three", "four");
  }
}
