package dev.archipelago.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.support.Program;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.weights.BlobDirectory;
import dev.archipelago.worker.trained.TrainedNetwork;
import dev.archipelago.worker.trained.TrainedNetworkFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Controller and workers as an operator starts them, with the environment of docker-compose.yml.
 */
class HandStartedIT {
  @TempDir Path directory;

  @Test
  void aWorkerWaitsForItsControllerAndASubmittedSearchRunsOnThem() throws IOException {
    Path spec = TinySearch.spec(directory, 4, 1_500);
    try (Controller controller = new Controller(directory.resolve("controller"));
        Program one = new Program(directory.resolve("one"));
        Program two = new Program(directory.resolve("two"));
        Program client = new Program(directory.resolve("client"))) {
      String url = controller.url();
      String join = controller.join();
      one.start("worker", "--join", join, "--name", "one"); // before there is a controller
      controller.start(Map.of());
      two.start("worker", "--join", join, "--name", "two");
      controller.awaitWorkers(2);

      JsonNode best =
          TinySearch.json(client.run("search", spec.toString(), "--server", url, "--json"));
      String id = best.path("search").asText();
      assertThat(best.path("winner").has("testAccuracy")).isTrue();
      assertThat(TinySearch.json(client.run("best", id, "--server", url, "--json")))
          .isEqualTo(best);
      assertThat(client.run("list", "--server", url).out()).contains(id);
      assertThat(
              TinySearch.json(client.run("status", id, "--server", url, "--json"))
                  .path("state")
                  .asText())
          .isEqualTo("COMPLETED");
      assertThat(client.run("trials", id, "--server", url, "--csv").out().lines())
          .hasSize(1 + best.path("trials").path("completed").asInt());
      assertThat(client.run("watch", id, "--server", url).exit()).isZero();

      // Its worker's directory is not the controller's: it says so, and the file itself is as good.
      String format = "safetensors";
      String copy = directory.resolve("copy.safetensors").toString();
      Program.Result absent =
          client.run("export", id, "--format", format, "-o", copy, "--server", url);
      assertThat(absent.exit()).isEqualTo(1);
      assertThat(absent.err()).contains("networks/" + id, "convert");
      String sha256 = best.path("winner").path("network").asText();
      String kept =
          Stream.of(one, two)
              .map(worker -> worker.dataDirectory().resolve("weights"))
              .map(weights -> BlobDirectory.ofNetworks(weights, new SearchId(id)).file(sha256))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow()
              .toString();
      assertThat(client.run("convert", kept, "--format", format, "-o", copy).exit()).isZero();
      assertThat(Path.of(copy)).hasSameBinaryContentAs(Path.of(kept));
    }
  }

  @Test
  void aSearchRunsOnPostgres() throws IOException {
    Path spec = TinySearch.spec(directory, 2, 500);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Controller controller = new Controller(directory.resolve("controller"));
        Program worker = new Program(directory.resolve("worker"));
        Program client = new Program(directory.resolve("client"))) {
      controller.start(
          Map.of(
              "ARCHIPELAGO_JDBC_URL", postgres.getJdbcUrl("postgres", "postgres"),
              "ARCHIPELAGO_JDBC_USER", "postgres",
              "ARCHIPELAGO_JDBC_PASSWORD", "postgres"));
      worker.start("worker", "--join", controller.join(), "--name", "one");
      JsonNode best =
          TinySearch.json(
              client.run("search", spec.toString(), "--server", controller.url(), "--json"));
      assertThat(best.path("winner").has("testAccuracy")).isTrue();
      assertThat(controller.api().best(best.path("search").asText()).json()).isEqualTo(best);
    }
  }

  /** The limit is the worker's own; what a candidate needs is estimated from its plan and batch. */
  @Test
  void candidatesBeyondAWorkersMemoryLimitFailAndTheSearchGoesOn() throws IOException {
    Path spec = TinySearch.spec(directory, 6, 1_500);
    try (Controller controller = new Controller(directory.resolve("controller"));
        Program worker = new Program(directory.resolve("worker"));
        Program client = new Program(directory.resolve("client"))) {
      controller.start(Map.of());
      worker.start(
          "worker", "--join", controller.join(), "--name", "small", "--memory-limit", "2m");

      String url = controller.url();
      JsonNode best =
          TinySearch.json(client.run("search", spec.toString(), "--server", url, "--json"));
      assertThat(best.path("winner").has("testAccuracy")).isTrue();
      String id = best.path("search").asText();
      JsonNode trials =
          TinySearch.json(client.run("trials", id, "--server", url, "--json")).path("trials");
      List<JsonNode> failed = new ArrayList<>();
      trials.forEach(
          trial -> {
            if (trial.path("state").asText().equals("FAILED")) {
              failed.add(trial);
            }
          });
      assertThat(failed)
          .isNotEmpty()
          .allSatisfy(
              trial -> {
                assertThat(trial.path("failure").path("category").asText())
                    .isEqualTo("OUT_OF_MEMORY");
                assertThat(trial.path("attempt").asInt()).isEqualTo(1);
                assertThat(trial.path("architecture").path("layer_0/filters").asInt())
                    .isGreaterThanOrEqualTo(8);
              });
    }
  }

  /** Every round begins with weights that another worker may have left at the controller. */
  @Test
  void workersThatShareNoDirectoryShareWeightsOverHttp() throws IOException {
    Controller controller = new Controller(directory.resolve("controller"));
    String url = controller.url();
    String join = controller.join();
    Map<String, String> token = Map.of("ARCHIPELAGO_HTTP_TOKEN", "secret");
    Map<String, String> remote =
        Map.of("ARCHIPELAGO_HTTP_TOKEN", "secret", "ARCHIPELAGO_WEIGHTS", url);
    Path spec = TinySearch.onSharedWeights(directory);
    try (controller;
        Program one = new Program(directory.resolve("one"), remote);
        Program two = new Program(directory.resolve("two"));
        Program client = new Program(directory.resolve("client"), token)) {
      Program.Running serving = controller.start(token);
      one.start("worker", "--join", join, "--name", "one");
      two.start("worker", "--join", join, "--name", "two", "--weights", url, "--token", "secret");
      JsonNode best =
          TinySearch.json(client.run("search", spec.toString(), "--server", url, "--json"));
      assertThat(best.path("winner").has("testAccuracy")).isTrue();
      assertThat(best.path("trials").path("failed").asInt()).isZero();
      assertThat(one.dataDirectory().resolve("weights")).doesNotExist();
      assertThat(two.dataDirectory().resolve("weights")).doesNotExist();
      Path exported = directory.resolve("winner.safetensors");
      JsonNode export =
          TinySearch.json(
              client.run(
                  "export",
                  "--format",
                  "safetensors",
                  "-o",
                  exported.toString(),
                  "--server",
                  url,
                  "--json"));
      assertThat(export.path("trial").asText())
          .isEqualTo(best.path("winner").path("trial").asText());
      TrainedNetwork network = TrainedNetworkFile.read(Files.readAllBytes(exported));
      assertThat(network.plan().parameters().stream().mapToLong(Parameter::elements).sum())
          .isEqualTo(best.path("winner").path("params").asLong());
      assertThat(network.normalization().mean()).hasSize(1);

      serving.terminate();
      assertThat(serving.result().exit()).as(() -> serving.err().toString()).isZero();
      assertThat(controller.dataDirectory().resolve("weights"))
          .isDirectoryContaining(file -> file.getFileName().toString().equals("networks"))
          .isDirectoryNotContaining(file -> !file.getFileName().toString().equals("networks"));
    }
  }
}
