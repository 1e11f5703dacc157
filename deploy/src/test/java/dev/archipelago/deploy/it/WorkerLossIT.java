package dev.archipelago.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.deploy.support.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLossIT {
  @TempDir Path directory;

  @Test
  void aKilledWorkersTrialRunsAgainAndCountsOnce() {
    Path spec = TinySearch.spec(directory, 4, 1_500);
    Map<String, String> faults = Map.of("ARCHIPELAGO_FAULTS", "2:stall:1");
    try (Program program = new Program(directory.resolve("data"), faults)) {
      Program.Running running = program.start("search", spec.toString(), "--workers", "1");
      running.awaitError("trial 1 ");
      ApiClient api = TinySearch.api(program);
      List<Long> victim = new ArrayList<>();
      Await.until(
          "a worker has trial 2",
          () -> {
            JsonNode worker = api.workers().json().path("workers").path(0);
            victim.add(worker.path("pid").asLong());
            return worker.path("trial").path("number").asInt() == 2;
          });
      assertThat(ProcessHandle.of(victim.get(victim.size() - 1)).orElseThrow().destroyForcibly())
          .isTrue();

      assertThat(running.result().exit()).isZero();
      String id = TinySearch.onlyId(program);
      JsonNode trials = TinySearch.json(program.run("trials", id, "--json")).path("trials");
      assertThat(trials).allMatch(trial -> trial.path("state").asText().equals("COMPLETED"));
      assertThat(trials)
          .extracting(trial -> trial.path("attempt").asInt())
          .startsWith(1, 1, 2)
          .containsOnlyOnce(2);
      assertThat(TinySearch.json(program.run("best", id, "--json")).path("trials"))
          .anySatisfy(count -> assertThat(count.asInt()).isEqualTo(trials.size()));
    }
  }

  @Test
  void trialsThatDivergeDoNotFitOrCrashTheEngineFailAndTheSearchGoesOnWithOneWorker() {
    Path spec = TinySearch.spec(directory, 4, 1_500);
    Map<String, String> faults = Map.of("ARCHIPELAGO_FAULTS", "1:diverge,2:out_of_memory,3:crash");
    try (Program program = new Program(directory.resolve("data"), faults)) {
      JsonNode best =
          TinySearch.json(program.run("search", spec.toString(), "--workers", "1", "--json"));
      String id = best.path("search").asText();
      JsonNode trials = TinySearch.json(program.run("trials", id, "--json")).path("trials");
      assertThat(category(trials, 1)).isEqualTo("DIVERGED");
      assertThat(category(trials, 2)).isEqualTo("OUT_OF_MEMORY");
      assertThat(category(trials, 3)).isEqualTo("ENGINE_CRASH");
      assertThat(best.path("trials").path("failed").asInt()).isEqualTo(3);
      assertThat(best.path("winner").has("testAccuracy")).isTrue();
    }
  }

  private static String category(JsonNode trials, int number) {
    return trials.get(number).path("failure").path("category").asText();
  }
}
