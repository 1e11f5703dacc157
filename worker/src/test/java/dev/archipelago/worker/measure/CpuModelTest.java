package dev.archipelago.worker.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuModelTest {
  @TempDir private Path directory;

  @Test
  void readsTheKernelsWords() throws IOException {
    Path file = directory.resolve("cpuinfo");
    Files.writeString(file, "processor\t: 0\nmodel\t\t: 17\nmodel name\t: AMD EPYC: 9654\n\n");
    assertThat(CpuModel.name(file)).isEqualTo("AMD EPYC: 9654");
  }

  @Test
  void isUnknownWhereNobodySays() throws IOException {
    assertThat(CpuModel.name(directory.resolve("none"))).isEmpty();
    Path file = Files.writeString(directory.resolve("cpuinfo"), "processor\t: 0\n");
    assertThat(CpuModel.name(file)).isEmpty();
  }
}
