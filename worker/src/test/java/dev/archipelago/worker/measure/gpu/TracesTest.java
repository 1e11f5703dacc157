package dev.archipelago.worker.measure.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
  @TempDir private Path root;

  @Test
  void aMachineOfOtherMakersHasNone() throws IOException {
    assertThat(new Traces(root).any()).isFalse();
    device("0000:00:02.0", "0x8086\n");
    Files.createDirectories(root.resolve("sys/bus/pci/devices/0000:00:03.0")); // says nothing
    assertThat(new Traces(root).any()).isFalse();
  }

  @Test
  void aCardIsOneAlsoWithoutItsDriver() throws IOException {
    device("0000:41:00.0", "0x10de\n");
    assertThat(new Traces(root).any()).isTrue();
  }

  @Test
  void aDriverIsOneAlsoWhereNoCardIsSeen() throws IOException {
    Files.createDirectories(root.resolve("dev"));
    Files.createFile(root.resolve("dev/nvidiactl"));
    assertThat(new Traces(root).any()).isTrue();
  }

  private void device(String address, String vendor) throws IOException {
    Path directory = Files.createDirectories(root.resolve("sys/bus/pci/devices/" + address));
    Files.writeString(directory.resolve("vendor"), vendor);
  }
}
