package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.wire.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final Letter CRASHED = new Letter.Crashed(Fixtures.ATTEMPT, "SIGSEGV (0xb)");

  @TempDir private Path directory;
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    spool = new Spool(directory.resolve("spool"));
  }

  @Test
  void bringsBackEveryLetterInAnotherProcess() throws IOException {
    List<Letter> letters =
        List.of(new Letter.Ended(Fixtures.outcomes().get(2)), CRASHED); // attempts 1 and 2
    assertThat(Fixtures.types(letters.stream()))
        .containsExactlyInAnyOrder(Letter.class.getPermittedSubclasses());
    for (Letter letter : letters) {
      spool.keep(letter);
    }
    assertThat(new Spool(directory.resolve("spool")).load()).isEqualTo(letters);
  }

  @Test
  void bringsBackEveryOutcome() throws IOException {
    for (var outcome : Fixtures.outcomes()) {
      Letter letter = new Letter.Ended(outcome);
      spool.keep(letter);
      assertThat(spool.load()).containsExactly(letter);
      spool.forget(letter.attempt());
    }
  }

  @Test
  void namesTheFileAfterTheAttempt() throws IOException {
    spool.keep(CRASHED);
    assertThat(directory.resolve("spool/20260102-0304-quickstart-17-2.pb")).exists();
    assertThat(spool.holds(Fixtures.ATTEMPT)).isTrue();
  }

  @Test
  void forgetsWhatIsAcknowledged() throws IOException {
    spool.keep(CRASHED);
    spool.forget(Fixtures.ATTEMPT);
    spool.forget(Fixtures.ATTEMPT);
    assertThat(spool.load()).isEmpty();
  }

  @Test
  void movesAsideWhatCannotBeRead() throws IOException {
    spool.keep(CRASHED);
    for (String broken : List.of("a-1-1.pb", "a-2-1.pb")) {
      Files.write(directory.resolve("spool").resolve(broken), new byte[] {-1, -2, -3});
    }
    Files.write(directory.resolve("spool/empty-1-1.pb"), new byte[0]);
    assertThat(spool.load()).containsExactly(CRASHED);
    assertThat(spool.load()).containsExactly(CRASHED);
    assertThat(directory.resolve("spool/unreadable"))
        .isDirectoryContaining("glob:**/a-1-1.pb")
        .isDirectoryContaining("glob:**/a-2-1.pb")
        .isDirectoryContaining("glob:**/empty-1-1.pb");
  }

  @Test
  void ignoresAFileThatWasNotFinished() throws IOException {
    Files.write(directory.resolve("spool/a-1-1.pb.tmp"), new byte[] {1});
    assertThat(spool.load()).isEmpty();
  }
}
