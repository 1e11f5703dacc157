package dev.archipelago.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.deploy.support.Program;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
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
    List<Integer> artery = freePorts();
    List<Integer> http = freePorts();
    String members =
        artery.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    Path spec = TinySearch.spec(directory, 5, 2_000);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Program cluster = new Program(directory.resolve("cluster"), journal(postgres, members));
        Program workers = new Program(directory.resolve("worker"));
        Program client = new Program(directory.resolve("client"))) {
      List<Program.Running> controllers = new ArrayList<>();
      for (int i = 0; i < CONTROLLERS; i++) {
        controllers.add(controller(cluster, i, http.get(i), artery.get(i)));
        if (i == 0) {
          awaitAnswer(client, url(http, 0)); // the others join it: it is the oldest
        }
      }
      workers.start("worker", "--join", members, "--name", "one");
      for (int i = 0; i < CONTROLLERS; i++) {
        awaitWorker(client, url(http, i));
      }

      Program.Running search =
          client.start("search", spec.toString(), "--server", url(http, 1), "--json");
      String third = url(http, 2);
      Await.until("a trial has ended", () -> completed(client, third) > 0);
      controllers.get(0).kill();

      JsonNode best = TinySearch.json(search.result());
      JsonNode trials =
          TinySearch.json(
              client.run("trials", best.path("search").asText(), "--server", third, "--json"));
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

  private Program.Running controller(Program cluster, int number, int http, int artery) {
    return cluster.start(
        "controller",
        "--data-dir",
        directory.resolve("controller-" + number).toString(),
        "--http-port",
        String.valueOf(http),
        "--artery-port",
        String.valueOf(artery));
  }

  private static Map<String, String> journal(EmbeddedPostgres postgres, String members) {
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

  private static void awaitAnswer(Program client, String url) {
    Await.until(
        url + " answers", () -> client.run("workers", "--server", url, "--json").exit() == 0);
  }

  private static void awaitWorker(Program client, String url) {
    Await.until(
        url + " knows the worker",
        () -> {
          Program.Result result = client.run("workers", "--server", url, "--json");
          return result.exit() == 0 && TinySearch.json(result).path("workers").size() == 1;
        });
  }

  private static int completed(Program client, String url) {
    Program.Result result = client.run("list", "--server", url, "--json");
    return result.exit() != 0
        ? 0
        : TinySearch.json(result).path("searches").path(0).path("trials").path("completed").asInt();
  }

  private static String url(List<Integer> http, int number) {
    return "http://127.0.0.1:" + http.get(number);
  }

  private static List<Integer> freePorts() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < CONTROLLERS; i++) {
      sockets.add(new ServerSocket(0));
    }
    List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
