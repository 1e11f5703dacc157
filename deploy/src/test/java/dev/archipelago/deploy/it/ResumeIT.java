package dev.archipelago.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.deploy.support.Program;
import dev.archipelago.protocol.random.SplitMix64;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeIT {
  private static final int TRIALS = 5; // in each of two arms

  @TempDir Path directory;

  @Test
  void aControllerKilledAtRandomMomentsEndsTheSameSearch() {
    Path spec = TinySearch.spec(directory, TRIALS, 2_000);
    JsonNode undisturbed;
    JsonNode undisturbedBest;
    String hash;
    try (Program program = new Program(directory.resolve("undisturbed"))) {
      undisturbedBest =
          TinySearch.json(program.run("search", spec.toString(), "--workers", "1", "--json"));
      String id = undisturbedBest.path("search").asText();
      undisturbed = TinySearch.json(program.run("trials", id, "--json"));
      hash = TinySearch.json(program.run("status", id, "--json")).path("stateHash").asText();
    }

    SplitMix64 chance = new SplitMix64(20261124);
    try (Program program = new Program(directory.resolve("killed"))) {
      Program.Running first = program.start("search", spec.toString(), "--workers", "2");
      first.awaitError("trial " + chance.nextInt(3) + " ");
      kill(first);
      String id = TinySearch.onlyId(program);

      Program.Running second = program.start("resume", id, "--workers", "1");
      second.awaitError("] trial "); // whichever is the first to end before somebody's eyes
      kill(second);

      JsonNode best = TinySearch.json(program.run("resume", id, "--workers", "2", "--json"));
      JsonNode trials = TinySearch.json(program.run("trials", id, "--json"));
      assertThat(TinySearch.story(trials)).isEqualTo(TinySearch.story(undisturbed));
      assertThat(best.path("winner").path("architecture"))
          .isEqualTo(undisturbedBest.path("winner").path("architecture"));
      assertThat(best.path("winner").path("testAccuracy"))
          .isEqualTo(undisturbedBest.path("winner").path("testAccuracy"));
      assertThat(TinySearch.json(program.run("status", id, "--json")).path("stateHash").asText())
          .isEqualTo(hash);
    }
  }

  @Test
  void ctrlCStopsCleanlyAndSaysHowToResume() {
    Path spec = TinySearch.spec(directory, TRIALS, 2_000);
    try (Program program = new Program(directory.resolve("data"))) {
      Program.Running running = program.start("search", spec.toString(), "--workers", "2");
      running.awaitError("trial 0 ");
      List<ProcessHandle> children = running.children();
      running.interrupt();
      Program.Result result = running.result();
      assertThat(result.exit()).isEqualTo(130);
      assertThat(result.err() + result.out()).contains("resume " + TinySearch.onlyId(program));
      children.forEach(child -> Await.untilGone(child.pid()));
    }
  }

  /** kill -9, and no child survives. */
  private static void kill(Program.Running running) {
    List<ProcessHandle> children = running.children();
    assertThat(children).isNotEmpty();
    running.kill();
    Await.untilGone(running.pid());
    children.forEach(child -> Await.untilGone(child.pid()));
  }
}
