package dev.archipelago.worker.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeakMemoryTest {
  @TempDir private Path process;

  @Test
  void readsTheKernelsNumber() throws IOException {
    Files.writeString(
        process.resolve("status"),
        "Name:\tjava\nVmPeak:\t  999999 kB\nVmHWM:\t  123456 kB\nVmRSS:\t   99999 kB\n");
    assertThat(new PeakMemory(process).bytes()).isEqualTo(123456L * 1024);
  }

  @Test
  void resetsWhereTheKernelAllowsIt() throws IOException {
    assertThat(new PeakMemory(process).reset()).isFalse();
    Path file = Files.createFile(process.resolve("clear_refs"));
    assertThat(new PeakMemory(process).reset()).isTrue();
    assertThat(file).hasContent("5");
  }

  @Test
  void isUnknownWhereThereIsNoProc() throws IOException {
    assertThat(new PeakMemory(process.resolve("none")).bytes()).isZero();
    Files.writeString(process.resolve("status"), "Name:\tjava\n");
    assertThat(new PeakMemory(process).bytes()).isZero();
  }

  @Test
  void seesNativeMemoryOfThisProcess() {
    PeakMemory peak = new PeakMemory();
    assumeTrue(peak.bytes() > 0, "skipped: no /proc/self/status");
    peak.reset();
    long before = peak.bytes();
    int size = 64 << 20;
    ByteBuffer touched = ByteBuffer.allocateDirect(size);
    for (int i = 0; i < size; i += 4096) {
      touched.put(i, (byte) 1);
    }
    assertThat(peak.bytes()).isGreaterThan(before / 2);
    assertThat(peak.bytes()).isGreaterThanOrEqualTo(size);
    assertThat(touched.get(0)).isEqualTo((byte) 1);
  }
}
