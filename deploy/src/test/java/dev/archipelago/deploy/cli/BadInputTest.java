package dev.archipelago.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.cli.CliFixture.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit code 2, a remedy, nothing on standard output, nothing started. */
class BadInputTest {
  @TempDir private Path directory;
  private CliFixture cli;

  @BeforeEach
  void start() {
    cli = new CliFixture(directory);
  }

  @AfterEach
  void stop() {
    assertThat(cli.roles.started()).isZero();
    assertThat(cli.api.posts()).isEmpty();
    cli.close();
  }

  private static void assertRefused(Result result, String... words) {
    assertThat(result.err()).contains(words);
    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void whatTheCommandLineDoesNotKnow() {
    assertRefused(cli.run("serch"), "serch", "archipelago search");
    assertRefused(cli.run("list", "--jsn"), "--jsn", "--json", "./archipelago list --help");
    assertRefused(cli.run("search"), "SPEC");
    assertRefused(cli.run("forecast"), "SPEC");
    assertRefused(cli.run("pause"), "ID");
    assertRefused(cli.run("data"), "list, check NAME or fetch NAME");
    assertRefused(cli.run("data", "chek", "mnist"), "check");
    assertRefused(cli.run("trials", "s1", "--limit", "many"), "--limit");
  }

  @Test
  void optionsThatContradictEachOther() {
    assertRefused(cli.remote("trials", "s1", "--csv", "--json"), "choose one");
    assertRefused(cli.remote("search", cli.spec(), "--workers", 2), "--workers", "leave it out");
    assertRefused(cli.remote("resume", "s1", "--engine", "torch"), "--engine", "leave it out");
    assertRefused(cli.run("search", cli.spec(), "--detach"), "--server");
    assertRefused(cli.run("space", cli.spec(), "--count", "--sample", 3), "choose one");
  }

  @Test
  void valuesOutOfRange() {
    assertRefused(cli.run("search", cli.spec(), "--workers", 0), "1 to 1024");
    assertRefused(cli.run("search", cli.spec(), "--device", "gpu"), "none of auto, cpu, cuda");
    assertRefused(cli.run("search", cli.spec(), "--device", "cuda"), "no NVIDIA driver");
    assertRefused(cli.remote("search", cli.spec(), "--device", "cpu"), "--device", "leave it out");
    assertRefused(cli.run("search", cli.spec(), "--engine", "torhc"), "did you mean torch");
    assertRefused(cli.run("space", cli.spec(), "--sample", 0), "1 to 10,000");
    assertRefused(cli.remote("trials", "--limit", 0), "--limit starts at 1");
    assertRefused(cli.run("list", "--server", "ftp://x"), "is no address");
    assertRefused(cli.run("list", "--data-dir", cli.spec()), "--data-dir");
  }

  @Test
  void searchesThatAnEngineCannotDo() {
    Path shared = cli.file("shared.yaml", SHARED);
    for (String command : new String[] {"search", "forecast"}) {
      assertRefused(
          cli.run(command, shared, "--engine", "dl4j"),
          "engine dl4j cannot run supernets: use torch");
    }
    String scores = CliFixture.SPEC + "schedule: {kind: successive-halving, rungs: [synflow, 1]}\n";
    assertRefused(
        cli.run("search", cli.file("scores.yaml", scores), "--engine", "dl4j"),
        "engine dl4j cannot compute synflow: use torch");
    assertRefused(
        cli.run("search", cli.spec(), "--set", "evaluation.precision=bf16", "--engine", "dl4j"),
        "engine dl4j cannot train in bf16: use torch");
  }

  private static final String SHARED =
      """
      name: shared
      dataset: fashion-mnist-mini
      space: {kind: nasbench201}
      strategy: {kind: one-shot}
      budget: {trials: 2}
      """;

  @Test
  void specsThatAreNone() {
    cli.spec();
    assertRefused(cli.run("search", "none.yaml"), "there is no file none.yaml");
    assertRefused(cli.run("search", directory.resolve("spce.yaml")), "did you mean", "spec.yaml");
    assertRefused(cli.run("search", directory), "is a directory");
    assertRefused(cli.run("search", cli.file("x.yaml", "a: b: c")), "x.yaml");
  }

  @Test
  void specsThatAreWrongWithPlaceAndKey() {
    Path wrong = cli.file("wrong.yaml", CliFixture.SPEC.replace("trials", "trails"));
    for (String command : new String[] {"search", "validate", "space", "forecast"}) {
      assertRefused(cli.run(command, wrong), "wrong.yaml", "trails", "trials");
    }
    assertRefused(cli.run("search", cli.spec(), "--set", "budget.trials=-1"), "budget.trials");
    assertRefused(cli.run("validate", cli.spec(), "--set", "budget"), "budget");
    assertRefused(
        cli.run("search", cli.spec(), "--set", "dataset=mnist"), "mnist", "data fetch mnist");
  }

  @Test
  void whatTheControllerDoesNotKnow() {
    assertRefused(cli.remote("status", "s9"), "nearest: s1");
    assertRefused(cli.remote("best", "s9", "--json"), "nearest: s1");
  }

  @Test
  void dataSetsThatAreNone() {
    assertRefused(cli.run("data", "check", "imagenet"), "unknown data set", "cifar-10");
    assertRefused(cli.run("data", "fetch", "imagenet"), "unknown data set");
  }

  @Test
  void simulationsOfWhatIsNotThere() {
    assertRefused(cli.run("bench"), "tabular");
    assertRefused(cli.run("bench", "tabular"), "--strategy");
    assertRefused(
        cli.run("bench", "tabular", "--strategy", "random"),
        "--table FILE",
        "NAS-Bench-201",
        "docs/search-quality.md");
    assertRefused(simulation("random", "--table", "none.csv"), "there is no file none.csv");
    assertRefused(simulation("randm"), "did you mean random?", "flops-sweep");
    assertRefused(simulation("random", "--runs", 0), "--runs must be 1 to 100,000");
    assertRefused(simulation("random", "--seconds", "NaN"), "--seconds");
    assertRefused(simulation("random", "--schedule", "ahsa"), "did you mean asha?");
    assertRefused(simulation("random", "--race"), "--schedule asha");
  }

  private Result simulation(String strategy, Object... options) {
    List<Object> words = new ArrayList<>(List.of("bench", "tabular", "--strategy", strategy));
    words.addAll(List.of(options));
    return cli.run(words.toArray());
  }

  @Test
  void settingsOfRoles() {
    assertRefused(cli.run("controller", "--http-host", "0.0.0.0"), "--token", "--insecure");
    assertRefused(cli.run("controller", "-c", "none.conf"), "none.conf");
    assertRefused(cli.run("worker", "--join", "here"), "HOST:PORT");
    assertRefused(cli.run("worker", "--engine", "dl5j"), "did you mean dl4j");
    assertRefused(cli.run("worker", "--device", "gpu"), "none of auto, cpu, cuda:0");
    assertRefused(
        cli.run("worker", "--device", "cuda:1"), "--device cuda:1", "CPUs only", "There is: cpu");
    assertRefused(cli.run("worker", "--devices", "2cpu"), "no list of devices", "2xcpu");
    assertRefused(cli.run("worker", "--devices", "2xcpu", "--device", "cpu"), "give one");
    assertRefused(cli.run("worker", "--devices", "cuda:0"), "--devices cuda:0", "CPUs only");
    assertRefused(
        cli.run(Map.of("ARCHIPELAGO_ROLE", "controller", "ARCHIPELAGO_HTTP_PORT", "x")),
        "ARCHIPELAGO_HTTP_PORT");
  }
}
