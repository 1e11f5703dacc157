package dev.archipelago.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.settings.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerCommandTest {
  @TempDir private Path root;
  private DataDirectory directory;
  private WorkerCommand command;

  @BeforeEach
  void create() {
    directory = new DataDirectory(root).create();
    command = new WorkerCommand(directory, "Main", new Staff("torch", List.of("cpu", "cuda:1")));
  }

  @Test
  void saysWhatTheChildNeeds() {
    assertThat(command.command("worker-1", false))
        .contains("-XX:ErrorFile=" + root.resolve("workers/crashes/hs_err_pid%p.log"))
        .endsWith("Main", "torch", root.toString(), "worker", "cpu");
    assertThat(command.command("worker-2", false)).endsWith("worker", "cuda:1");
    assertThat(command.command(Crew.SPARE, true)).endsWith("spare", "cpu");
    assertThat(ChildJvm.environment("cuda:0"))
        .containsEntry("MALLOC_ARENA_MAX", "1")
        .doesNotContainKey("BACKEND_PRIORITY_CPU");
    assertThat(ChildJvm.environment("cpu")).containsEntry("BACKEND_PRIORITY_CPU", "1000");
  }

  @Test
  void theProofOfACrashReachesTheNextProcessOfThatWorker() throws Exception {
    Path crash = root.resolve("workers/crashes/hs_err_pid42.log");
    Files.createDirectories(crash.getParent());
    Files.writeString(crash, "# SIGSEGV");

    assertThat(command.ended("worker-1", 41)).isFalse();
    assertThat(crash).exists();
    assertThat(command.ended("worker-1", 42)).isTrue();

    assertThat(crash).doesNotExist();
    assertThat(root.resolve("workers/worker-1/hs_err_pid42.log")).hasContent("# SIGSEGV");
  }

  @Test
  void aSparesLogBecomesItsWorkersLog() throws Exception {
    Files.writeString(root.resolve("logs/worker-1.log"), "first life");
    Files.writeString(root.resolve("logs/spare.log"), "second life");

    command.promoted("worker-1");

    assertThat(root.resolve("logs/worker-1.log")).hasContent("second life");
    assertThat(root.resolve("logs/worker-1.before.log")).hasContent("first life");
    assertThat(root.resolve("logs/spare.log")).doesNotExist();
  }
}
