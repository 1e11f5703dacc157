package dev.archipelago.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.client.TrialQuery;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.deploy.support.Program;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several devices: a process for each, and searches that go only where they fit. */
class DevicesIT {
  @TempDir Path directory;

  /** Workers on the CPU stand for GPUs: what is tested is who gets which trial. */
  @Test
  void searchesGoToTheDeviceThatTheyWantAndSayWhenThereIsNone() throws IOException {
    Path small = spec("small", "placement: {device: cuda, memory: 20 GiB}");
    Path large = spec("large", "placement: {device-name: h200}");
    Path none = spec("none", "placement: {device: cuda, memory: 200 GiB}");
    try (Cluster cluster = new Cluster(directory);
        Program one = new Program(directory.resolve("one"));
        Program two = new Program(directory.resolve("two"))) {
      declare(one, cluster, "h200", "cuda:0,NVIDIA H200,139g");
      declare(two, cluster, "cpu", "cpu,AMD EPYC 9654,64g");
      cluster.awaitWorkers(2);

      String first = cluster.submit(small);
      String second = cluster.submit(large);
      String third = cluster.submit(none);
      String any = cluster.submit(spec("any", ""));
      for (String id : List.of(first, second, any)) {
        assertThat(cluster.client().run("watch", id, "--server", cluster.url()).exit()).isZero();
      }
      assertThat(cluster.workersOf(first)).containsExactly("h200");
      assertThat(cluster.workersOf(second)).containsExactly("h200");
      assertThat(cluster.workersOf(any)).contains("cpu");

      Await.until(
          "the search says that nobody fits it",
          () -> cluster.json("status", third).path("reason").asText().contains("no worker fits"));
      assertThat(cluster.json("status", third).path("reason").asText())
          .contains("it wants cuda, at least 200 GiB; there is 1 x cpu, AMD EPYC 9654, 64.0 GiB")
          .contains("1 x cuda, NVIDIA H200, 139.0 GiB");
      String workers = cluster.client().run("workers", "--server", cluster.url()).out();
      assertThat(workers)
          .contains("NVIDIA H200 (declared)")
          .contains("search " + third + " waits: no worker fits")
          .contains("wants cuda, at least 200 GiB; this is of 139.0 GiB");
      JsonNode trial = cluster.json("trials", first).path("trials").path(0);
      assertThat(trial.path("device").asText()).as("where it was computed").isEqualTo("cpu");
    }
  }

  @Test
  void aProcessForEachDeviceIsReplacedWhenItDiesAndEndsWithItsParent() throws IOException {
    try (Cluster cluster = new Cluster(directory);
        Program machine = new Program(directory.resolve("machine"))) {
      Program.Running parent =
          machine.start("worker", "--join", cluster.join(), "--name", "m", "--devices", "2xcpu");
      cluster.awaitWorkers(2);
      assertThat(cluster.names()).containsExactly("m-0", "m-1");
      assertThat(parent.children()).hasSize(2);

      ProcessHandle child = parent.children().get(0);
      child.destroyForcibly();
      parent.awaitError("SIGKILL: killed, perhaps for want of memory); replaced");
      Await.until(
          "its successor has joined",
          () -> !cluster.workers("pid").contains(String.valueOf(child.pid())));
      assertThat(cluster.names()).containsExactly("m-0", "m-1");

      List<Long> pids = parent.children().stream().map(ProcessHandle::pid).toList();
      parent.terminate();
      assertThat(parent.result().exit()).as(() -> parent.err().toString()).isZero();
      pids.forEach(Await::untilGone);
      Await.until("they have said goodbye", () -> cluster.names().isEmpty());

      Program.Running again =
          machine.start("worker", "--join", cluster.join(), "--name", "m", "--devices", "cpu");
      cluster.awaitWorkers(1);
      List<Long> orphans = again.children().stream().map(ProcessHandle::pid).toList();
      again.kill();
      orphans.forEach(Await::untilGone);
    }
  }

  private static void declare(Program program, Cluster cluster, String name, String device) {
    program.start(
        "worker",
        "--join",
        cluster.join(),
        "--name",
        name,
        "--device",
        "cpu",
        "--declare-device",
        device);
  }

  private Path spec(String name, String placement) throws IOException {
    return Files.writeString(
        directory.resolve(name + ".yaml"),
        """
        name: %s
        dataset: {name: fashion-mnist-mini, limit: 300}
        space: {kind: chain, layers: 2, filters: [4, 8], kernels: [3], strides: [2], skips: false}
        strategy: {kind: random, window: 3}
        evaluation: {epochs: 1, batch: 32, latency: {batch: 8, warm-up: 1, runs: 3}}
        budget: {trials: 3}
        retrain: {top: 0}
        %s
        """
            .formatted(name, placement));
  }

  /** A controller, and whoever asks it. */
  private static final class Cluster implements AutoCloseable {
    private final Program controller;
    private final Program client;
    private final int http;
    private final int artery;

    Cluster(Path directory) throws IOException {
      http = freePort();
      artery = freePort();
      controller = new Program(directory.resolve("controller"));
      client = new Program(directory.resolve("client"));
      controller
          .start(
              "controller",
              "--http-port",
              String.valueOf(http),
              "--artery-port",
              String.valueOf(artery))
          .awaitError("workers join with");
    }

    Program client() {
      return client;
    }

    String url() {
      return "http://127.0.0.1:" + http;
    }

    String join() {
      return "127.0.0.1:" + artery;
    }

    String submit(Path spec) {
      return client.run("search", spec.toString(), "--server", url(), "--detach").out().strip();
    }

    JsonNode json(String command, String id) {
      return command.equals("status")
          ? api().status(id).json()
          : api().trials(id, TrialQuery.all()).json();
    }

    /** Asks without a process of its own for every look. */
    private ApiClient api() {
      return new ApiClient(Endpoint.parse(url(), Optional.empty()));
    }

    List<String> names() {
      return List.copyOf(workers("name"));
    }

    private Set<String> workers(String key) {
      Set<String> found = new TreeSet<>();
      api()
          .workers()
          .json()
          .path("workers")
          .forEach(worker -> found.add(worker.path(key).asText()));
      return found;
    }

    void awaitWorkers(int count) {
      Await.until(count + " workers have joined", () -> names().size() == count);
    }

    List<String> workersOf(String id) {
      Set<String> found = new TreeSet<>();
      json("trials", id).path("trials").forEach(trial -> found.add(trial.path("worker").asText()));
      return List.copyOf(found);
    }

    @Override
    public void close() {
      client.close();
      controller.close();
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }
  }
}
