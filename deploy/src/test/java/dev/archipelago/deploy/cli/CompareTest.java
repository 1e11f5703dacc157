package dev.archipelago.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.cli.CliFixture.Result;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.support.TableCsv;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a made-up table: the more 3x3 convolutions, the better; every epoch takes ten seconds. */
class CompareTest {
  /** The better, the later. */
  private static final List<String> WORTH =
      List.of("none", "skip_connect", "avg_pool_3x3", "nor_conv_1x1", "nor_conv_3x3");

  @TempDir private Path directory;
  private CliFixture cli;
  private Path table;

  @BeforeEach
  void start() {
    cli = new CliFixture(directory);
    table = cli.file("table.csv", table());
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  private static String table() {
    return TableCsv.whole(
        (cell, operations) -> {
          int sum = operations.stream().mapToInt(WORTH::indexOf).sum();
          double accuracy = 50 + 2.0 * sum - cell / 15_625.0;
          return String.format(Locale.ROOT, "1,1,%1$.4f,%1$.4f,%1$.4f,%1$.4f,%1$.4f,10", accuracy);
        });
  }

  @Test
  void saysInWordsWhichIsBetter() {
    Result result =
        cli.run("compare", "--table", table, "--strategies", "reinforce,random", "--runs", 20);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("20 searches of each strategy, 12,000 simulated seconds each; accuracy: cifar10")
        .contains("reinforce is better than random by ")
        .contains("paired bootstrap, 20 pairs of runs)")
        .contains("show it in four of five comparisons")
        .contains("This is about this table, this budget and the default settings");
  }

  @Test
  void comparesWithTheFirstWhereRandomIsMissing() {
    JsonNode document =
        json("compare", "--table", table, "--strategies", "ppo,reinforce", "--runs", 5);
    assertThat(document.path("reference").asText()).isEqualTo("ppo");
    JsonNode row = document.path("comparisons").path(0);
    assertThat(row.path("strategy").asText()).isEqualTo("reinforce");
    assertThat(row.path("verdict").asText()).isEqualTo("not_told_apart"); // five pairs never are
    assertThat(row.path("pairs").asInt()).isEqualTo(5);
  }

  @Test
  void printsThePower() {
    JsonNode document =
        json(
            "compare",
            "--table",
            table,
            "--strategies",
            "random,ppo",
            "--runs",
            20,
            "--power",
            "--metric",
            "validation");
    JsonNode power = document.path("comparisons").path(0).path("power");
    assertThat(power.findValuesAsText("pairs")).containsExactly("5", "10", "20");
    assertThat(power.path(0).path("better").asDouble()).isZero();
    assertThat(power.path(2).path("better").asDouble()).isEqualTo(1); // the whole pool, each time
  }

  @Test
  void sameSeedSameAnswer() {
    Object[] words = {
      "compare", "--table", table, "--strategies", "random,ppo", "--runs", 8, "--seconds", 2_000
    };
    assertThat(json(words)).isEqualTo(json(words));
  }

  private JsonNode json(Object... words) {
    Object[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = "--json";
    Result result = cli.run(all);
    assertThat(result.exit()).as(result.err()).isZero();
    return Json.parse(result.out());
  }

  @Test
  void refusesWhatItCannotCompare() {
    refused("--table", "compare", "--strategies", "random,ppo");
    refused("there is no file", "compare", "--table", "gone.csv", "--strategies", "random,ppo");
    refused("two or more, each once", "compare", "--table", table, "--strategies", "random");
    refused("two or more, each once", "compare", "--table", table, "--strategies", "ppo,ppo");
    refused("did you mean ppo", "compare", "--table", table, "--strategies", "random,pppo");
    refused("2 to 100,000", "compare", "--strategies", "random,ppo", "--runs", 1);
    refused("--runs 5 or more", "compare", "--strategies", "random,ppo", "--runs", 4, "--power");
    refused("--seconds", "compare", "--strategies", "random,ppo", "--seconds", 0);
    refused("did you mean cifar10", "compare", "--strategies", "random,ppo", "--metric", "cifar");
  }

  private void refused(String words, Object... command) {
    Result result = cli.run(command);
    assertThat(result.err()).contains(words);
    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }
}
