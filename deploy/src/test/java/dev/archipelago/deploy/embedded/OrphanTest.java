package dev.archipelago.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.support.Await;
import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OrphanTest {
  @Test
  void noChildSurvivesAParentThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = parent.inputReader();
    long[] children = {
      Long.parseLong(out.readLine()), Long.parseLong(out.readLine()), Long.parseLong(out.readLine())
    };
    for (long child : children) {
      assertThat(ProcessHandle.of(child)).isPresent();
    }

    parent.destroyForcibly().waitFor(); // SIGKILL

    for (long child : children) {
      Await.untilGone(child);
    }
  }
}
