package dev.archipelago.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.support.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own. */
@Timeout(120)
class MainTest {
  @TempDir private Path directory;

  @Test
  void saysItsVersionAndNothingElse() {
    try (Program program = new Program(directory)) {
      Program.Result result = program.run("--version");

      assertThat(result.exit()).isZero();
      assertThat(result.out()).startsWith("archipelago ");
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void anErrorIsTheProcesssExitCode() {
    try (Program program = new Program(directory)) {
      Program.Result result = program.run("worker", "--join", "nowhere");

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void aControllerAndAWorkerServeUntilTheyAreToldToStop() {
    try (Program program = new Program(directory)) {
      Program.Running controller =
          program.start("controller", "--http-port", "0", "--artery-port", "0");
      String joining = controller.awaitError("worker --join ");
      List<String> words = List.of(joining.split(" "));
      String address = words.get(words.indexOf("--join") + 1);
      String weights = words.get(words.indexOf("--weights") + 1);
      Program.Running worker =
          program.start("worker", "--join", address, "--weights", weights, "--name", "w");
      assertThat(worker.awaitError("weights in")).endsWith(weights);
      worker.awaitError("joined the controller at " + address);

      assertThat(program.run("workers").out()).contains("idle", "torch", "no search is running");
      worker.terminate();
      assertThat(worker.result().exit()).as(() -> worker.err().toString()).isZero();
      assertThat(program.run("workers").out()).doesNotContain("idle");
      controller.interrupt();
      assertThat(controller.result().exit()).as(() -> controller.err().toString()).isZero();
      assertThat(directory.resolve("endpoint.json")).doesNotExist();
    }
  }
}
