package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.wire.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process leaves behind and what the next one makes of it. */
class SlotDirectoryTest {
  private static final String LOG =
      """
      #
      # A fatal error has been detected by the Java Runtime Environment:
      #
      #  SIGSEGV (0xb) at pc=0x00007f, pid=4711, tid=4712
      #
      """;

  @TempDir private Path directory;
  @TempDir private Path elsewhere;

  @Test
  void provesACrashByTheLeaseAndTheSameProcessesLog() throws IOException {
    leaveLease(4711);
    Files.writeString(directory.resolve("hs_err_pid4711.log"), LOG);
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters())
          .containsExactly(
              new Letter.Crashed(
                  Fixtures.ATTEMPT,
                  "A fatal error has been detected by the Java Runtime Environment:\n"
                      + "SIGSEGV (0xb) at pc=0x00007f, pid=4711, tid=4712"));
    }
    assertThat(directory.resolve("reported/hs_err_pid4711.log")).exists();
    assertThat(directory.resolve("lease.pb")).doesNotExist();
  }

  @Test
  void keepsTheProofUntilItIsAcknowledged() throws IOException {
    leaveLease(4711);
    Files.writeString(directory.resolve("hs_err_pid4711.log"), LOG);
    SlotDirectory.open(directory).close();
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters()).hasSize(1);
      slot.spool().forget(Fixtures.ATTEMPT);
    }
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters()).isEmpty();
    }
  }

  @Test
  void blamesNobodyForAProcessThatWasKilled() throws IOException {
    leaveLease(4711);
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters()).isEmpty();
    }
    assertThat(directory.resolve("lease.pb")).doesNotExist();
  }

  @Test
  void doesNotTakeAnotherProcessesLogForProof() throws IOException {
    leaveLease(4711);
    Files.writeString(directory.resolve("hs_err_pid4.log"), LOG);
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters()).isEmpty();
    }
    assertThat(directory.resolve("reported/hs_err_pid4.log")).exists();
  }

  @Test
  void prefersAnOutcomeToACrashAfterIt() throws IOException {
    leaveLease(4711);
    Files.writeString(directory.resolve("hs_err_pid4711.log"), LOG);
    Letter ended = new Letter.Ended(Fixtures.outcomes().get(0));
    new Spool(directory.resolve("spool")).keep(ended);
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters()).containsExactly(ended);
    }
  }

  @Test
  void ignoresAnUnreadableLease() throws IOException {
    Files.write(directory.resolve("lease.pb"), new byte[] {-1, -1});
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters()).isEmpty();
    }
    assertThat(directory.resolve("lease.pb")).doesNotExist();
  }

  @Test
  void keepsLogsOfEqualNamesApart() throws IOException {
    for (int i = 0; i < 2; i++) {
      Files.writeString(directory.resolve("hs_err_pid1.log"), LOG);
      SlotDirectory.open(directory).close();
    }
    assertThat(directory.resolve("reported/hs_err_pid1.log")).exists();
    assertThat(directory.resolve("reported/hs_err_pid1.log.1")).exists();
  }

  @Test
  void belongsToOneProcessAtATime() throws IOException {
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters()).isEmpty();
      assertThatThrownBy(() -> SlotDirectory.open(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(directory.toString());
    }
    SlotDirectory.open(directory).close();
  }

  @Test
  void findsTheLogWhereTheProcessSaidThatItWouldBe() throws IOException {
    leaveLease(4711);
    Files.writeString(elsewhere.resolve("hs_err.log"), "# SIGSEGV (0xb)\n");
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      assertThat(slot.letters().toString()).contains("SIGSEGV (0xb)");
    }
  }

  private void leaveLease(long pid) throws IOException {
    new LeaseFile(directory.resolve("lease.pb"))
        .write(new LeaseFile.Lease(Fixtures.ATTEMPT, pid, elsewhere.resolve("hs_err.log")));
  }
}
