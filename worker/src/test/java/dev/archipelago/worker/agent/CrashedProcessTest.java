package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.wire.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that really die. */
class CrashedProcessTest {
  @TempDir private Path directory;

  @Test
  void provesARealSegmentationFault() throws IOException, InterruptedException {
    assertThat(die("crash")).isNotZero();
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters()).hasSize(1);
      Letter.Crashed crashed = (Letter.Crashed) slot.letters().get(0);
      assertThat(crashed.attempt()).isEqualTo(Fixtures.ATTEMPT);
      assertThat(crashed.evidence()).contains("SIGSEGV").contains("Problematic frame");
    }
  }

  @Test
  void blamesNobodyForAProcessThatHalts() throws IOException, InterruptedException {
    assertThat(die("halt")).isEqualTo(9);
    assertThat(directory.resolve("lease.pb")).exists();
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters()).isEmpty();
    }
  }

  private int die(String how) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=" + directory.resolve("hs_err_pid%p.log"),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashDrill.class.getName(),
                directory.toString(),
                how)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the process ended").isTrue();
    return process.exitValue();
  }
}
