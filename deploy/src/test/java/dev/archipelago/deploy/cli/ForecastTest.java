package dev.archipelago.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.cli.CliFixture.Result;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.support.Samples;
import dev.archipelago.deploy.support.TableCsv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code forecast}: three trials are measured, the rest is played. */
@Timeout(120)
class ForecastTest {
  /** Three epochs of 2 s and 1 s besides: 7 s a trial, and on one worker 4 x 7 s. */
  private static final String SPEC =
      """
      dataset: fashion-mnist-mini
      space: {kind: chain, layers: 2}
      strategy: {kind: random, window: 2}
      evaluation: {epochs: 3, lend: false}
      budget: {trials: 4}
      retrain: {top: 0}
      """;

  @TempDir private Path directory;
  private CliFixture cli;
  private Path spec;
  private List<Path> before;

  @BeforeEach
  void start() {
    cli = new CliFixture(directory);
    spec = cli.file("spec.yaml", SPEC);
    cli.api.onPost("/searches", 201, Samples.status("s1", "RUNNING", "search", 0));
    cli.api.onGet("/searches/s1", Samples.status("s1", "COMPLETED", "done", 3));
    trials(measured(0), measured(1), measured(2));
    before = scratch();
  }

  @AfterEach
  void stop() {
    assertThat(scratch()).as("leaves nothing behind").isEqualTo(before);
    assertThat(cli.data()).doesNotExist();
    cli.close();
  }

  private static List<Path> scratch() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("archipelago-forecast"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String measured(int number) {
    return String.format(
        Locale.ROOT,
        """
        {"number": %d, "arm": "search", "stage": "search", "state": "COMPLETED", "attempt": 1,
         "rung": "3", "trainSeconds": 6.0, "deviceSeconds": 7.0, "flops": 1000, "reward": 0.5}
        """,
        number);
  }

  private void trials(String... trials) {
    cli.api.onGet("/searches/s1/trials", Samples.trials(trials.length, trials));
  }

  @Test
  void saysWhatASearchCosts() {
    Result result = cli.run("forecast", spec, "--workers", 1);

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .startsWith(
            "Measured 3 trials: 2.00 s (2.00 to 2.00) an epoch, and 1.00 s (1.00 to 1.00) a trial"
                + " besides.",
            "",
            "PART      TRIALS  DEVICE TIME  LOW  HIGH",
            "search       4.0          28s  28s   28s",
            "together     4.0          28s  28s   28s",
            "",
            "WORKERS  TIME  LOW  HIGH",
            "      1   28s  28s   28s",
            "      2   14s  14s   14s",
            "");
    assertThat(result.err()).contains("measuring 3 trials on 1 worker");
    assertThat(cli.roles.started()).isEqualTo(1);
    assertThat(cli.roles.closed()).isEqualTo(1);
  }

  @Test
  void measuresRandomNetworksAndNothingElse() {
    cli.run("forecast", spec, "--set", "baseline=random", "--workers", 1);

    String submitted =
        cli.api.requests().stream()
            .filter(request -> request.method().equals("POST"))
            .map(request -> Json.parse(request.body()).path("spec").asText())
            .collect(Collectors.joining());
    assertThat(submitted).contains("trials: 3", "top: 0", "kind: random").doesNotContain("match:");
  }

  @Test
  void jsonIsForPrograms() {
    Result result = cli.run("forecast", spec, "--json", "--workers", 1);

    JsonNode json = Json.parse(result.out());
    assertThat(json.path("measured")).hasSize(3);
    assertThat(json.path("measured").get(0).path("secondsPerEpoch").asDouble()).isEqualTo(2);
    JsonNode two = json.path("workers").get(1);
    assertThat(two.path("seconds").path("expected").asDouble()).isCloseTo(14, within(1e-9));
    assertThat(two.path("parts").get(0).path("trials").asDouble()).isEqualTo(4);
    assertThat(two.path("rungs").get(0).path("rung").asText()).isEqualTo("3");
    assertThat(json.path("notes")).isNotEmpty();
  }

  @Test
  void oneResultHasNoSpread() {
    trials(measured(0), Samples.trial(1, "FAILED"), Samples.trial(2, "FAILED"));

    Result result = cli.run("forecast", spec, "--workers", 1);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("only 1 of 3 trials completed: DIVERGED");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void ctrlCEndsItWithoutATrace() {
    cli.api.onGet("/searches/s1", Samples.status("s1", "RUNNING", "search", 0));
    cli.interrupts.request();

    Result result = cli.run("forecast", spec, "--workers", 1);

    assertThat(result.exit()).isEqualTo(130);
    assertThat(result.out()).isEmpty();
  }

  /**
   * 20 s an epoch: 12 epochs are 240 s, and a last training of 200 epochs on all images 8,000 s.
   */
  @Test
  void aTableIsAskedAndNothingIsRun() {
    cli.file("table.csv", table("20"));
    Path table =
        cli.file(
            "table.yaml",
            """
            space: {kind: nasbench201}
            strategy: {kind: random, window: 2}
            evaluation: {table: %s, workers: 2}
            budget: {trials: 4}
            retrain: {top: 1}
            """
                .formatted(directory.resolve("table.csv")));

    Result result = cli.run("forecast", table, "--json");

    assertThat(result.exit()).as(result.err()).isZero();
    JsonNode two = Json.parse(result.out()).path("workers").get(0);
    assertThat(two.path("workers").asInt()).isEqualTo(2);
    assertThat(two.path("deviceSeconds").path("expected").asDouble())
        .isCloseTo(4 * 240 + 4_000 + 8_000, within(1e-6));
    assertThat(two.path("seconds").path("expected").asDouble())
        .isCloseTo(2 * 240 + 4_000 + 8_000, within(1e-6));
    assertThat(cli.run("forecast", table).out()).contains("SIMULATED WORKERS", "The table says");
    assertThat(cli.run("forecast", table, "--workers", 2).exit()).isEqualTo(2);
    assertThat(cli.roles.started()).isZero();
  }

  @Test
  void aBrokenTableIsBadInput() {
    cli.file("table.csv", table("slow"));
    Path spec =
        cli.file(
            "table.yaml",
            """
            space: {kind: nasbench201}
            strategy: random
            evaluation: {table: %s}
            budget: {trials: 4}
            """
                .formatted(directory.resolve("table.csv")));

    for (String command : List.of("forecast", "search", "validate")) {
      Result result = cli.run(command, spec);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("table.yaml:3:21: evaluation.table", "table.csv:2", "slow");
    }
  }

  private static String table(String secondsPerEpoch) {
    return TableCsv.first(2, (cell, operations) -> "1,1,10,10,10,1,1," + secondsPerEpoch);
  }
}
