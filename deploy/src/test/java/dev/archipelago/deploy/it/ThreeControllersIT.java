package dev.archipelago.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.deploy.support.Program;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three controllers on one PostgreSQL: a search goes on as if none of them had been killed. */
class ThreeControllersIT {
  private static final int CONTROLLERS = 3;

  @TempDir Path directory;

  @Test
  void aSearchOutlivesTheOldestController() throws IOException {
    List<Controller> controllers = new ArrayList<>();
    for (int i = 0; i < CONTROLLERS; i++) {
      controllers.add(new Controller(directory.resolve("controller-" + i)));
    }
    String members = controllers.stream().map(Controller::join).collect(Collectors.joining(","));
    Path spec = TinySearch.spec(directory, 5, 2_000);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Controller first = controllers.get(0);
        Controller second = controllers.get(1);
        Controller third = controllers.get(2);
        Program worker = new Program(directory.resolve("worker"));
        Program client = new Program(directory.resolve("client"))) {
      Map<String, String> environment = environment(postgres, members);
      Program.Running oldest = first.start(environment); // the others join it
      second.start(environment);
      third.start(environment);
      worker.start("worker", "--join", members, "--name", "one");
      controllers.forEach(controller -> controller.awaitWorkers(1));

      Program.Running search =
          client.start("search", spec.toString(), "--server", second.url(), "--json");
      Await.until("a trial has ended", () -> completed(third) > 0);
      oldest.kill();

      JsonNode best = TinySearch.json(search.result());
      JsonNode trials =
          TinySearch.json(
              client.run(
                  "trials", best.path("search").asText(), "--server", third.url(), "--json"));
      assertThat(TinySearch.story(trials)).isEqualTo(undisturbed(spec));
    }
  }

  private List<String> undisturbed(Path spec) {
    try (Program alone = new Program(directory.resolve("alone"))) {
      JsonNode best =
          TinySearch.json(alone.run("search", spec.toString(), "--workers", "1", "--json"));
      return TinySearch.story(
          TinySearch.json(alone.run("trials", best.path("search").asText(), "--json")));
    }
  }

  private static Map<String, String> environment(EmbeddedPostgres postgres, String members) {
    return Map.of(
        "ARCHIPELAGO_JDBC_URL",
        postgres.getJdbcUrl("postgres", "postgres"),
        "ARCHIPELAGO_JDBC_USER",
        "postgres",
        "ARCHIPELAGO_JDBC_PASSWORD",
        "postgres",
        "ARCHIPELAGO_MEMBERS",
        members);
  }

  private static int completed(Controller controller) {
    return controller
        .api()
        .searches()
        .json()
        .path("searches")
        .path(0)
        .path("trials")
        .path("completed")
        .asInt();
  }
}
