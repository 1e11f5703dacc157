package dev.archipelago.worker.measure.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.archipelago.protocol.device.DeviceReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The binding against a real shared library, which a C compiler makes from nvml.h's signatures. */
class NvmlTest {
  @TempDir private Path directory;

  @Test
  void readsDriverGpusAndWhatTheyDo() throws Exception {
    try (GpuMonitor monitor = watched(open())) {
      assertThat(monitor.driver()).isEqualTo(new Driver("580.65.06", 124));
      assertThat(monitor.gpus())
          .containsExactly(
              new Gpu(0, "GPU-5d1f", "NVIDIA H200", 150_754_820_096L, 90),
              new Gpu(1, "GPU-77aa", "NVIDIA A100-SXM4-40GB", 42_949_672_960L, 80));
      assertThat(monitor.read(monitor.gpus().get(0)))
          .isEqualTo(
              new DeviceReading(
                  OptionalDouble.of(0.73),
                  OptionalLong.of(5_000_000_001L),
                  OptionalDouble.of(612.345)));
      assertThat(monitor.joules(monitor.gpus().get(0))).hasValue(9_876_543_210.123);
      assertThat(monitor.find("GPU-77aa")).map(Gpu::name).contains("NVIDIA A100-SXM4-40GB");
      assertThat(monitor.find("MIG-0")).isEmpty();
    }
  }

  @Test
  void whatADeviceDoesNotTellIsEmpty() throws Exception {
    try (GpuMonitor monitor = watched(open("-DOLD"))) {
      Gpu second = monitor.gpus().get(1);
      assertThat(monitor.read(second).utilization()).isEmpty(); // "not supported"
      assertThat(monitor.read(second).usedBytes()).hasValue(5_000_000_002L);
      assertThat(monitor.joules(second)).isEmpty(); // no such function in this driver
      Gpu lost = new Gpu(2, "GPU-lost", "gone", 0, 0);
      assertThat(monitor.read(lost).powerWatts()).isEmpty();
      assertThat(monitor.joules(lost)).isEmpty();
    }
  }

  @Test
  void saysInWordsWhatIsWrongWithTheDriver() throws Exception {
    Gpus.None updated = none(open("-DINIT=18"));
    assertThat(updated.why())
        .startsWith("the NVIDIA driver does not answer (nvmlInit_v2: driver and library are of");
    assertThat(updated.remedy()).startsWith("Reboot");
    Gpus.None unloaded = none(open("-DINIT=9"));
    assertThat(unloaded.why()).contains("the NVIDIA driver is not loaded");
    assertThat(unloaded.remedy()).contains("modprobe nvidia");
  }

  @Test
  void aGpuThatDoesNotAnswerLeavesTheOthers() throws Exception {
    try (GpuMonitor all = ((Gpus.Watched) open()).monitor();
        GpuMonitor some = ((Gpus.Watched) open("-DCOUNT=3")).monitor()) {
      assertThat(some.gpus()).hasSize(2).isEqualTo(all.gpus());
    }
  }

  @Test
  void aMachineWithoutADriverHasNone() {
    Gpus.None none = none(Nvml.open("libnvidia-ml-nowhere.so.1"));
    assertThat(none.why()).isEqualTo("no NVIDIA driver (libnvidia-ml-nowhere.so.1 not found)");
    assertThat(none.remedy()).contains("install NVIDIA's driver");
  }

  @Test
  void everyCodeHasWordsOfItsOwn() {
    List<String> words = new ArrayList<>();
    for (int code = 0; code <= 21; code++) {
      if (code != 5) { // "already initialised" of NVML's first version
        words.add(NvmlStatus.words(code));
      }
    }
    words.add(NvmlStatus.words(999));
    assertThat(words).doesNotHaveDuplicates().noneMatch(text -> text.startsWith("NVML error"));
    assertThat(NvmlStatus.words(77)).isEqualTo("NVML error 77");
  }

  private Gpus open(String... options) throws IOException, InterruptedException {
    assumeTrue(hasCompiler(), "no gcc: the binding to NVML is not tested");
    Path source = directory.resolve("fake_nvml.c");
    try (InputStream in =
        Objects.requireNonNull(NvmlTest.class.getResourceAsStream("/nvml/fake_nvml.c"))) {
      Files.write(source, in.readAllBytes());
    }
    // One library a set of options: a process loads a file once.
    Path library = directory.resolve("libnvidia-ml" + String.join("", options) + ".so");
    List<String> command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-o", library.toString(), source.toString()));
    Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(gcc.waitFor()).as(said).isZero();
    return Nvml.open(library.toString());
  }

  private static boolean hasCompiler() throws InterruptedException {
    try {
      return new ProcessBuilder("gcc", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static GpuMonitor watched(Gpus gpus) {
    assertThat(gpus).isInstanceOf(Gpus.Watched.class);
    return ((Gpus.Watched) gpus).monitor();
  }

  private static Gpus.None none(Gpus gpus) {
    assertThat(gpus).isInstanceOf(Gpus.None.class);
    return (Gpus.None) gpus;
  }
}
