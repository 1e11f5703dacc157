package dev.archipelago.deploy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path directory;

  @Test
  void flagOverVariableOverHome() {
    Map<String, String> environment = Map.of("ARCHIPELAGO_DATA_DIR", "/from/variable");

    assertThat(DataDirectory.of(Optional.of(Path.of("/given")), environment).root())
        .isEqualTo(Path.of("/given"));
    assertThat(DataDirectory.of(Optional.empty(), environment).root())
        .isEqualTo(Path.of("/from/variable"));
    assertThat(DataDirectory.of(Optional.empty(), Map.of()).root()).isEqualTo(Settings.home());
  }

  @Test
  void isAbsolute() {
    assertThat(DataDirectory.of(Optional.of(Path.of("here/../there")), Map.of()).root())
        .isAbsolute()
        .isNormalized();
  }

  @Test
  void isMadeWhereItIsMissing() {
    assertThat(new DataDirectory(directory.resolve("a/b")).create().logs()).isDirectory();
  }

  @Test
  void refusesWhatIsNoDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> new DataDirectory(file).create()).hasMessageContaining("--data-dir");
    assertThatThrownBy(() -> new DataDirectory(directory.resolve("a;b")).create())
        .hasMessageContaining("';'");
  }

  @Test
  void writesTheJournalBeforeItSaysSo() {
    assertThat(new DataDirectory(directory).journalUrl())
        .contains("WRITE_DELAY=0")
        .contains("DB_CLOSE_ON_EXIT=FALSE");
  }
}
