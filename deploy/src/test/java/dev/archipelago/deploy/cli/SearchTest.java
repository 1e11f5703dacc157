package dev.archipelago.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.cli.CliFixture.Result;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.deploy.support.Samples;
import dev.archipelago.deploy.support.TableCsv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code search}, {@code resume} and {@code watch}, here and elsewhere. */
@Timeout(120)
class SearchTest {
  @TempDir private Path directory;
  private CliFixture cli;

  @BeforeEach
  void start() {
    cli = new CliFixture(directory);
    cli.api.onPost("/searches", 201, Samples.status("s1", "RUNNING", "search", 0));
    cli.api.onGet("/searches", Samples.listing("s0", "COMPLETED"));
    over("COMPLETED");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  private void over(String state) {
    cli.api.onGet("/searches/s1", Samples.status("s1", state, "done", 20));
  }

  private void running() {
    over("RUNNING");
  }

  private JsonNode submitted() {
    return cli.api.requests().stream()
        .filter(request -> request.method().equals("POST"))
        .findFirst()
        .map(request -> Json.parse(request.body()))
        .orElseThrow();
  }

  @Test
  void submitsToAServerAndFollowsToTheEnd() {
    Result result = cli.remote("search", cli.spec(), "--set", "seed=3", "--name", "mine");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("Search s1 has found", "test accuracy");
    assertThat(submitted().path("spec").asText()).isEqualTo(CliFixture.SPEC);
    assertThat(submitted().path("set").get(0).asText()).isEqualTo("seed=3");
    assertThat(submitted().path("name").asText()).isEqualTo("mine");
    assertThat(cli.roles.started()).isZero();
  }

  @Test
  void jsonIsTheResultAlone() {
    Result result = cli.remote("search", cli.spec(), "--json");

    assertThat(Json.parse(result.out())).isEqualTo(Json.parse(Samples.BEST));
    assertThat(result.err()).contains("completed");
  }

  @Test
  void aServersRefusalIsBadInput() {
    cli.api.onPost("/searches", 400, "{\"error\": \"spec.yaml:2:1: dataset: unknown\"}");

    Result result = cli.remote("search", cli.spec());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).isEqualTo("spec.yaml:2:1: dataset: unknown\n");
  }

  @Test
  void detachesAtOnce() {
    running();

    Result result = cli.remote("search", cli.spec(), "--detach");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("s1\n");
    assertThat(result.err()).contains("watch s1");
  }

  @Test
  void aFailedSearchIsAFailure() {
    over("FAILED");

    Result result = cli.remote("search", cli.spec(), "--json");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(Json.parse(result.out()).path("state").asText()).isEqualTo("FAILED");
    assertThat(result.err()).contains("search s1 is failed", "trials s1");
  }

  @Test
  void leavingASearchElsewhereDoesNotStopIt() {
    running();
    cli.interrupts.request();

    Result result = cli.remote("watch", "s1");

    assertThat(result.exit()).isEqualTo(130);
    assertThat(result.err()).contains("the search goes on", "watch s1 --server");
  }

  @Test
  void bringsItsOwnClusterAndTakesItAway() throws Exception {
    Result result = cli.run("search", cli.spec(), "--workers", 2);

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("Search s1 has found");
    assertThat(result.err()).contains("search s1 runs on 2 workers", "logs");
    assertThat(cli.roles.closed()).isEqualTo(1);
    assertThat(cli.data().resolve("endpoint.json")).doesNotExist();
    assertThat(cli.data().resolve("logs/worker-1.log")).exists();
    assertThat(cli.data().resolve("logs/worker-2.log")).exists();
  }

  @Test
  void aTableNeedsNoWorkers() {
    Path table =
        cli.file("table.csv", TableCsv.first(1, (cell, operations) -> "1,1,10,10,10,1,1,20"));
    Path spec =
        cli.file(
            "table.yaml",
            """
            space: {kind: nasbench201}
            strategy: random
            evaluation: {table: %s}
            budget: {trials: 2}
            """
                .formatted(table));

    Result refused = cli.run("search", spec, "--workers", 2);
    Result result = cli.run("search", spec);

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("--workers", "evaluation.table");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).contains("search s1 is answered by its table, on simulated workers");
    assertThat(cli.data().resolve("logs/worker-1.log")).doesNotExist();
    assertThat(cli.data().resolve("logs/spare.log")).doesNotExist();
  }

  @Test
  void ctrlCSaysHowToResume() {
    running();
    CompletableFuture<Result> search =
        CompletableFuture.supplyAsync(() -> cli.run("search", cli.spec(), "--workers", 1));
    Await.until("the worker knows its place", () -> log().contains("127.0.0.1:4711 worker-1"));

    cli.interrupts.request();

    Result result = search.join();
    assertThat(result.exit()).isEqualTo(130);
    assertThat(result.err()).endsWith("interrupted; resume with: ./archipelago resume s1\n");
    assertThat(result.out()).isEmpty();
    assertThat(cli.roles.closed()).isEqualTo(1);
  }

  private String log() {
    try {
      return Files.readString(cli.data().resolve("logs/worker-1.log"));
    } catch (java.io.IOException e) {
      return "";
    }
  }

  @Test
  void anotherDataDirectoryIsPartOfTheHint() {
    running();
    cli.interrupts.request();
    Path other = directory.resolve("other place");

    Result result = cli.run("search", cli.spec(), "--data-dir", other, "--workers", 1);

    assertThat(result.err()).contains("resume s1 --data-dir '" + other + "'");
  }

  @Test
  void whatAnEarlierProcessLeftRunningDoesNotTakeTheWorkers() {
    cli.api.onGet("/searches", Samples.listing("s0", "RUNNING"));
    cli.api.onPost("/searches/s0/pause", 200, Samples.status("s0", "PAUSED", "search", 0));
    running();
    cli.interrupts.request();

    Result result = cli.run("search", cli.spec(), "--workers", 1);

    assertThat(cli.api.posts()).containsExactly("/api/v1/searches", "/api/v1/searches/s0/pause");
    assertThat(result.err()).contains("search s0 was interrupted", "resume s0");
  }

  @Test
  void aSecondSearchGoesToTheFirstOnesProcess() {
    running();
    CompletableFuture<Result> first =
        CompletableFuture.supplyAsync(() -> cli.run("search", cli.spec(), "--workers", 1));
    Await.until("the first is known", () -> Files.exists(cli.data().resolve("endpoint.json")));

    Result second = cli.run("search", cli.spec(), "--workers", 1);
    assertThat(second.exit()).isEqualTo(2);
    assertThat(second.err()).contains("--workers", "has its own workers");
    over("COMPLETED");
    second = cli.run("search", cli.spec());

    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.err()).contains("the search goes there");
    assertThat(first.join().exit()).isZero();
    assertThat(cli.roles.started()).isEqualTo(1);
  }

  @Test
  void waitsForSearchesThatWereSubmittedMeanwhile() {
    cli.api.onGet("/searches", Samples.listing("s1", "COMPLETED", "s2", "RUNNING"));
    cli.api.onGet("/searches/s2", Samples.status("s2", "RUNNING", "search", 0));
    cli.api.onGet("/searches/s2/trials", Samples.trials(0));
    cli.api.onPost("/searches/s2/pause", 200, Samples.status("s2", "PAUSED", "search", 0));
    CompletableFuture<Result> search =
        CompletableFuture.supplyAsync(() -> cli.run("search", cli.spec(), "--workers", 1));
    Await.until(
        "it looks at the guest",
        () -> cli.api.requests().stream().anyMatch(r -> r.path().endsWith("/searches/s2")));

    cli.api.onGet("/searches", Samples.listing("s1", "COMPLETED", "s2", "COMPLETED"));
    cli.api.onGet("/searches/s2", Samples.status("s2", "COMPLETED", "done", 2));

    Result result = search.join();
    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("search s2 was submitted meanwhile");
  }

  @Test
  void resumesTheNewestThatIsNotOver() {
    cli.api.onGet("/searches", Samples.listing("s0", "PAUSED", "s1", "PAUSED", "s2", "COMPLETED"));
    over("PAUSED");
    cli.api.onPost("/searches/s1/resume", 200, Samples.status("s1", "RUNNING", "search", 3));
    cli.interrupts.request();

    Result result = cli.run("resume", "--workers", 1);

    assertThat(cli.api.posts()).containsExactly("/api/v1/searches/s1/resume");
    assertThat(result.exit()).isEqualTo(130);
  }

  @Test
  void anInterruptedSearchNeedsOnlyWorkers() {
    cli.api.onGet("/searches", Samples.listing("s1", "RUNNING"));
    running();
    cli.interrupts.request();

    Result result = cli.run("resume", "s1", "--workers", 1);

    assertThat(cli.api.posts()).isEmpty();
    assertThat(result.err()).contains("search s1 runs on 1 worker");
  }

  @Test
  void whatIsOverCannotBeResumed() {
    Result named = cli.run("resume", "s1", "--workers", 1);
    Result newest = cli.run("resume", "--workers", 1);

    assertThat(named.exit()).isEqualTo(2);
    assertThat(named.err()).contains("search s1 is completed", "best s1");
    assertThat(newest.exit()).isEqualTo(2);
    assertThat(newest.err()).contains("no search to resume");
    assertThat(cli.roles.closed()).isEqualTo(2);
  }
}
