package dev.archipelago.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.client.TrialQuery;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.deploy.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    try (Controller controller = new Controller(directory.resolve("controller"));
        Program one = new Program(directory.resolve("one"));
        Program two = new Program(directory.resolve("two"));
        Program client = new Program(directory.resolve("client"))) {
      controller.start(Map.of());
      declare(one, controller, "h200", "cuda:0,NVIDIA H200,139g");
      declare(two, controller, "cpu", "cpu,AMD EPYC 9654,64g");
      controller.awaitWorkers(2);

      String first = submit(client, controller, small);
      String second = submit(client, controller, large);
      String third = submit(client, controller, none);
      String any = submit(client, controller, spec("any", ""));
      for (String id : List.of(first, second, any)) {
        assertThat(client.run("watch", id, "--server", controller.url()).exit()).isZero();
      }
      assertThat(workersOf(controller, first)).containsExactly("h200");
      assertThat(workersOf(controller, second)).containsExactly("h200");
      assertThat(workersOf(controller, any)).contains("cpu");

      Await.until(
          "the search says that nobody fits it",
          () -> reason(controller, third).contains("no worker fits"));
      assertThat(reason(controller, third))
          .contains("it wants cuda, at least 200 GiB; there is 1 x cpu, AMD EPYC 9654, 64.0 GiB")
          .contains("1 x cuda, NVIDIA H200, 139.0 GiB");
      String workers = client.run("workers", "--server", controller.url()).out();
      assertThat(workers)
          .contains("NVIDIA H200 (declared)")
          .contains("search " + third + " waits: no worker fits")
          .contains("wants cuda, at least 200 GiB; this is of 139.0 GiB");
      JsonNode trial = trials(controller, first).path(0);
      assertThat(trial.path("device").asText()).as("where it was computed").isEqualTo("cpu");
    }
  }

  @Test
  void aProcessForEachDeviceIsReplacedWhenItDiesAndEndsWithItsParent() throws IOException {
    try (Controller controller = new Controller(directory.resolve("controller"));
        Program machine = new Program(directory.resolve("machine"))) {
      controller.start(Map.of());
      Program.Running parent =
          machine.start("worker", "--join", controller.join(), "--name", "m", "--devices", "2xcpu");
      controller.awaitWorkers(2);
      assertThat(controller.workers("name")).containsExactly("m-0", "m-1");
      assertThat(parent.children()).hasSize(2);

      ProcessHandle child = parent.children().get(0);
      child.destroyForcibly();
      parent.awaitError("SIGKILL: killed, perhaps for want of memory); replaced");
      Await.until(
          "its successor has joined",
          () -> !controller.workers("pid").contains(String.valueOf(child.pid())));
      assertThat(controller.workers("name")).containsExactly("m-0", "m-1");

      List<Long> pids = parent.children().stream().map(ProcessHandle::pid).toList();
      parent.terminate();
      assertThat(parent.result().exit()).as(() -> parent.err().toString()).isZero();
      pids.forEach(Await::untilGone);
      Await.until("they have said goodbye", () -> controller.workers("name").isEmpty());

      Program.Running again =
          machine.start("worker", "--join", controller.join(), "--name", "m", "--devices", "cpu");
      controller.awaitWorkers(1);
      List<Long> orphans = again.children().stream().map(ProcessHandle::pid).toList();
      again.kill();
      orphans.forEach(Await::untilGone);
    }
  }

  private static void declare(Program program, Controller controller, String name, String device) {
    program.start(
        "worker",
        "--join",
        controller.join(),
        "--name",
        name,
        "--device",
        "cpu",
        "--declare-device",
        device);
  }

  private static String submit(Program client, Controller controller, Path spec) {
    return client
        .run("search", spec.toString(), "--server", controller.url(), "--detach")
        .out()
        .strip();
  }

  private static String reason(Controller controller, String id) {
    return controller.api().status(id).json().path("reason").asText();
  }

  private static JsonNode trials(Controller controller, String id) {
    return controller.api().trials(id, TrialQuery.all()).json().path("trials");
  }

  private static Set<String> workersOf(Controller controller, String id) {
    Set<String> found = new TreeSet<>();
    trials(controller, id).forEach(trial -> found.add(trial.path("worker").asText()));
    return found;
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
}
