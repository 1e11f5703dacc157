package dev.archipelago.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.cli.CliFixture.Result;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.support.TableCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a made-up table: the more convolutions, the better; every epoch takes 10 s. */
class BenchTabularTest {
  @TempDir private static Path directory;
  private static Path table;
  private static CliFixture cli;

  @BeforeAll
  static void writeTable() throws IOException {
    String csv =
        TableCsv.whole(
            (cell, operations) -> {
              int convolutions = Collections.frequency(operations, "nor_conv_3x3");
              return "1,%d,%d,%d,%d,%d,%d,10"
                  .formatted(
                      convolutions,
                      60 + convolutions,
                      70 + convolutions,
                      80 + convolutions,
                      50 + convolutions,
                      30 + convolutions);
            });
    table = Files.writeString(directory.resolve("table.csv"), csv);
    cli = new CliFixture(directory);
  }

  @AfterAll
  static void stop() {
    assertThat(cli.roles.started()).isZero();
    cli.close();
  }

  private static Result bench(String strategy, Object... options) {
    List<Object> words =
        new ArrayList<>(
            List.of("bench", "tabular", "--table", table, "--runs", 4, "--strategy", strategy));
    words.addAll(List.of(options));
    return cli.run(words.toArray());
  }

  private static JsonNode json(String strategy, Object... options) {
    List<Object> words = new ArrayList<>(List.of(options));
    words.add("--json");
    Result result = bench(strategy, words.toArray());
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    return Json.parse(result.out());
  }

  @Test
  void printsTheDocument() {
    JsonNode document = json("random", "--seconds", 1_200, "--seed", 3);
    assertThat(document.get("strategy").asText()).isEqualTo("random");
    assertThat(document.get("runs").asInt()).isEqualTo(4);
    assertThat(document.get("evaluations").asDouble()).isEqualTo(10);
    double validation = document.get("bestValidation").get("mean").asDouble();
    assertThat(validation).isBetween(61.0, 66.0);
    assertThat(document.get("bestValidation").get("se").asDouble()).isNotNegative();
    // Every test set is as far from the validation as the table says.
    JsonNode tests = document.get("test");
    assertThat(tests.get("cifar10").get("mean").asDouble())
        .isCloseTo(validation + 20, within(1e-9));
    assertThat(tests.get("cifar100").get("mean").asDouble())
        .isCloseTo(validation - 10, within(1e-9));
    assertThat(tests.get("imagenet16-120").get("mean").asDouble())
        .isCloseTo(validation - 30, within(1e-9));
    assertThat(tests.get("cifar10").fieldNames()).toIterable().containsExactly("mean", "sd", "se");
    assertThat(document.get("curve")).isNotEmpty();
  }

  @Test
  void printsATableForPeople() {
    assertThat(bench("random").out())
        .contains("random, 4 runs of 12,000 simulated seconds", "best validation", "test cifar100")
        .contains("100.0 evaluations");
  }

  @Test
  void setsWhatTheStrategyAndTheScheduleCallSo() {
    JsonNode document =
        json(
            "reinforce",
            "--set",
            "batch=2",
            "--set",
            "schedule.grace=1",
            "--schedule",
            "median-stopping",
            "--rungs",
            "12,200",
            "--seconds",
            2_500,
            "--window",
            4,
            "--workers",
            2);
    assertThat(document.get("settings").get("batch").asInt()).isEqualTo(2);
    assertThat(document.get("scheduleSettings").get("grace").asInt()).isEqualTo(1);
    assertThat(document.get("rungs")).isEqualTo(Json.parse("[12, 200]"));
    assertThat(document.get("window").asInt()).isEqualTo(4);
    assertThat(document.get("bestValidation").get("mean").asDouble())
        .as("after 200 epochs")
        .isGreaterThanOrEqualTo(70);
  }

  @Test
  void refusesSettingsThatAreWrong() {
    assertRefused(bench("random", "--set", "batch=2"), "batch", "unknown key");
    assertRefused(bench("reinforce", "--set", "batch=x"), "--set batch=x", "a whole number");
    assertRefused(bench("random", "--eta", 2), "schedule.eta");
    assertRefused(bench("random", "--schedule", "asha", "--eta", 1), "schedule.eta", "2 to 1000");
    assertRefused(bench("random", "--rungs", "12,100"), "--rungs", "12, 200");
    assertRefused(
        bench("random", "--schedule", "successive-halving", "--rungs", "12,200"),
        "--trials",
        "schedule.configurations");
  }

  @Test
  void refusesOptionsThatHaveNoMeaning() {
    assertRefused(bench("random", "--data-dir", "x"), "unknown option");
    assertRefused(bench("random", "--seconds", 0), "--seconds must be more than 0");
    assertRefused(bench("random", "--race"), "--race", "--schedule asha");
    assertRefused(bench("random", "--continued"), "--continued", "leave it out");
    Object[] race = {"--schedule", "asha", "--rungs", "12,200", "--race"};
    assertRefused(bench("random", with(race, "--curve", "x.csv")), "--curve", "leave it out");
    assertRefused(flops("flops-sweep", "--set", "x=1"), "--set", "leave it out");
    assertRefused(flops("flops-sweep", "--runs", 4), "--runs", "leave it out");
    assertRefused(flops("flops-argmax", "--rungs", "12"), "--rungs", "evaluates nothing");
  }

  private static Object[] with(Object[] words, Object... more) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray();
  }

  private static Result flops(String row, Object... options) {
    return cli.run(
        with(new Object[] {"bench", "tabular", "--table", table, "--strategy", row}, options));
  }

  private static void assertRefused(Result result, String... words) {
    assertThat(result.err()).contains(words);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void flopsAreRowsOfTheirOwn() {
    JsonNode argmax = Json.parse(flops("flops-argmax", "--json").out());
    assertThat(argmax.get("test").get("cifar10").get("mean").asDouble())
        .isCloseTo(86, within(1e-9));
    JsonNode sweep = Json.parse(flops("flops-sweep", "--json").out());
    assertThat(sweep.get("runs").asInt()).isEqualTo(1);
    assertThat(sweep.get("bestValidation").get("mean").asDouble()).isCloseTo(66, within(1e-9));
  }

  @Test
  void writesTheCurve() throws IOException {
    Path file = directory.resolve("curve.csv");
    assertThat(bench("random", "--curve", file).exit()).isZero();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0))
        .isEqualTo(
            "seconds,best_validation,test_regret_cifar10,test_regret_cifar100,"
                + "test_regret_imagenet16-120");
    assertThat(lines).hasSize(61);
    assertThat(lines.get(60)).startsWith("12000.0,6");
    Result failed = bench("random", "--curve", directory.resolve("none/curve.csv"));
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).contains("cannot write");
  }

  @Test
  void racesAScheduleAgainstNone() {
    Object[] asha = {"--schedule", "asha", "--rungs", "12,200", "--eta", 8, "--race", 5};
    JsonNode race = json("random", asha).get("race");
    assertThat(race.get("configurations").asInt()).isEqualTo(5);
    assertThat(race.get("ratio").get("median").asDouble()).isPositive();
    assertThat(race.get("reached").asDouble()).isBetween(0.0, 1.0);
    assertThat(bench("random", asha).out()).contains("against 5 full evaluations");
  }

  @Test
  void findsTheTableOfTheTests() throws IOException {
    Path data = Files.createDirectories(directory.resolve("tests/nas-tables")).getParent();
    Map<String, String> variables = Map.of("ARCHIPELAGO_TEST_DATA", data.toString());
    Result missing = cli.run(variables, "bench", "tabular", "--strategy", "random");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err()).contains("nasbench201.csv.gz");
  }
}
