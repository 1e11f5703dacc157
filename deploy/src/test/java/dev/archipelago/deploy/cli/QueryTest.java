package dev.archipelago.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.cli.CliFixture.Result;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.support.FakeApi;
import dev.archipelago.deploy.support.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask and show. */
class QueryTest {
  @TempDir private Path directory;
  private CliFixture cli;

  @BeforeEach
  void start() {
    cli = new CliFixture(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  private static JsonNode json(Result result) {
    assertThat(result.exit()).as(result.err()).isZero();
    return Json.parse(result.out());
  }

  private static List<String> lines(Result result) {
    assertThat(result.exit()).as(result.err()).isZero();
    return result.out().lines().toList();
  }

  @Test
  void saysWhatItIs() {
    assertThat(lines(cli.run("--version")).get(0)).startsWith("archipelago ");
    assertThat(cli.run("--help").out()).contains("search", "doctor", "Exit codes");
    assertThat(cli.run().out()).isEqualTo(cli.run("--help").out());
    assertThat(cli.run("search", "--help").out()).contains("--set", "--workers", "--server");
  }

  @Test
  void jsonIsTheServersDocument() {
    assertThat(json(cli.remote("list", "--json")))
        .isEqualTo(Json.parse(Samples.listing("s0", "COMPLETED", "s1", "RUNNING")));
    assertThat(json(cli.remote("status", "s1", "--json")))
        .isEqualTo(Json.parse(Samples.status("s1", "RUNNING", "search", 3)));
    assertThat(json(cli.remote("workers", "--json"))).isEqualTo(Json.parse(Samples.WORKERS));
    assertThat(json(cli.remote("best", "s1", "--json"))).isEqualTo(Json.parse(Samples.BEST));
    assertThat(json(cli.remote("trials", "s1", "--json")))
        .isEqualTo(Json.parse(Samples.trials(1, Samples.trial(0, "COMPLETED"))));
  }

  @Test
  void tablesForPeople() {
    assertThat(lines(cli.remote("list")))
        .containsExactly(
            "ID  NAME   STATE      STRATEGY  DATA SET  DONE  FAILED  RUNNING    BEST",
            "s0  quick  completed  random    mini         3       1        2  0.7500",
            "s1  quick  running    random    mini         3       1        2  0.7500");
    assertThat(lines(cli.remote("status"))).contains("state         running, phase search");
    assertThat(cli.remote("workers").out())
        .contains("s1/5", "1/3", "2,346", "every search waits for results", "0.4 s ago");
    assertThat(lines(cli.remote("trials")).get(1)).startsWith("    0  search  search  completed");
    assertThat(cli.remote("best").out()).contains("0.8875", "layer 2");
  }

  @Test
  void nobodyHasJoined() {
    cli.api.onGet("/workers", "{\"workers\": []}").onGet("/searches", "{\"searches\": []}");

    assertThat(lines(cli.remote("workers"))).containsExactly("No worker has joined.");
    assertThat(lines(cli.remote("list")).get(0)).startsWith("No search yet.");
    assertThat(cli.remote("status").exit()).isEqualTo(2);
  }

  @Test
  void explainsATrial() {
    assertThat(cli.remote("explain", "s1", "0").out()).contains("Nothing of another trial");
    assertThat(json(cli.remote("explain", "s1", "0", "--json")).path("lineage")).hasSize(1);
    Result none = cli.remote("explain", "s1", "7");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("search s1 has no trial 7; it has 1, from 0");
  }

  @Test
  void exportsOnlyWhatIsKept() {
    Result none = cli.remote("export", "s1", "--format", "safetensors", "-o", "net");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("search s1 keeps no trained network of its winner");
    Result format = cli.remote("export", "s1", "--format", "onxx", "-o", "net");
    assertThat(format.exit()).isEqualTo(2);
    assertThat(format.err()).contains("--format: there is no onxx", "safetensors");
    Path text = cli.file("notes.txt", "these are no tensors, but a text of more than eight bytes");
    Result broken = cli.run("convert", text, "--format", "safetensors", "-o", "net");
    assertThat(broken.exit()).isEqualTo(2);
    assertThat(broken.err()).contains("cannot read the network " + text);
  }

  @Test
  void csvForSpreadsheets() {
    assertThat(lines(cli.remote("trials", "s1", "--csv")))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("number,arm,stage,state");
  }

  @Test
  void filtersAreTheServersBusiness() {
    cli.remote("trials", "s1", "--arm", "search", "--state", "completed", "--stage", "final");

    assertThat(cli.api.requests())
        .extracting(FakeApi.Request::query)
        .contains("arm=search&state=COMPLETED&stage=final&offset=0&limit=500");
  }

  @Test
  void pausesAndCancels() {
    cli.api.onPost("/searches/s1/pause", 200, Samples.status("s1", "PAUSED", "search", 3));
    cli.api.onPost("/searches/s1/cancel", 200, Samples.status("s1", "CANCELLED", "search", 3));

    assertThat(cli.remote("pause", "s1").out())
        .contains("s1 is paused", "resume s1 --server " + cli.api.endpoint().url());
    assertThat(json(cli.remote("cancel", "s1", "--json")).path("state").asText())
        .isEqualTo("CANCELLED");
  }

  @Test
  void whoeverDoesNotAnswerIsAFailure() {
    cli.api.close();

    Result result = cli.remote("list");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("no controller answers", "./archipelago controller");
  }

  @Test
  void aServersTroubleIsAFailure() {
    cli.api.on("GET", "/api/v1/searches", 503, "{\"error\": \"the journal is away\"}");

    Result result = cli.remote("list");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("the journal is away\n");
  }

  @Test
  void withoutAControllerTheJournalAnswers() {
    Result result = cli.run("list");

    assertThat(lines(result).get(2)).contains("interrupted");
    assertThat(cli.roles.started()).isEqualTo(1);
    assertThat(cli.roles.closed()).isEqualTo(1);
    assertThat(cli.data().resolve("endpoint.json")).doesNotExist();
    JsonNode json = json(cli.run("status", "s1", "--json"));
    assertThat(json.path("state").asText()).isEqualTo("RUNNING");
    assertThat(json.path("interrupted").asBoolean()).isTrue();
    assertThat(cli.run("watch", "s1").out()).contains("Goes on with: ./archipelago resume s1");
  }

  @Test
  void theTokenComesFromTheEnvironmentToo() {
    try (FakeApi guarded = new FakeApi(java.util.Optional.of("secret"))) {
      guarded.onGet("/searches", Samples.listing());
      Object server = guarded.endpoint().url();

      assertThat(cli.run("list", "--server", server).exit()).isEqualTo(2);
      assertThat(cli.run("list", "--server", server, "--token", "secret").exit()).isZero();
      assertThat(
              cli.run(Map.of("ARCHIPELAGO_HTTP_TOKEN", "secret"), "list", "--server", server)
                  .exit())
          .isZero();
    }
  }

  @Test
  void validatesAndExplains() {
    Result result = cli.run("validate", cli.spec(), "--set", "seed=7", "--name", "other");

    assertThat(result.out()).contains("seed: 7", "name: other", "# ");
    JsonNode json = json(cli.run("validate", cli.spec(), "--json"));
    assertThat(json.path("valid").asBoolean()).isTrue();
    assertThat(json.path("spec").asText()).contains("trials: 2");
    assertThat(json.path("notes")).isNotEmpty();
  }

  @Test
  void countsAndSamplesASpace() {
    assertThat(lines(cli.run("space", cli.spec(), "--count"))).hasSize(1);
    assertThat(json(cli.run("space", cli.spec(), "--count", "--json")).path("decisions").asInt())
        .isPositive();
    JsonNode samples = json(cli.run("space", cli.spec(), "--sample", 3, "--json"));
    assertThat(samples.path("samples")).hasSize(3);
    assertThat(samples.path("samples").get(0).path("params").asLong()).isPositive();
    assertThat(cli.run("space", cli.spec(), "--sample", 2, "--seed", 5).out())
        .isEqualTo(cli.run("space", cli.spec(), "--sample", 2, "--seed", 5).out())
        .contains("parameters", "layer 1");
    assertThat(lines(cli.run("space", cli.spec())).get(0)).startsWith("DECISION");
  }

  @Test
  void knowsItsDataSets() {
    assertThat(cli.run("data", "list").out()).contains("fashion-mnist-mini", "cifar-10");
    JsonNode all = json(cli.run("data", "list", "--json"));
    assertThat(all.path("datasets").get(0).path("here").asBoolean()).isTrue();
    assertThat(lines(cli.run("data", "check", "fashion-mnist-mini")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("ok "));
  }

  @Test
  void aDataSetThatIsNotHereIsNotGood() {
    Result result = cli.run("data", "check", "cifar-10", "--json");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(Json.parse(result.out()).path("good").asBoolean()).isFalse();
  }

  @Test
  void printsTheSettingsOfARole() {
    assertThat(cli.run("controller", "--defaults").out()).contains("port = 8600");
    assertThat(cli.run("worker", "--defaults").out()).contains("join = ");
  }
}
