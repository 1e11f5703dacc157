package dev.archipelago.deploy.device;

import static dev.archipelago.worker.measure.gpu.FakeGpus.A100;
import static dev.archipelago.worker.measure.gpu.FakeGpus.H200;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.deploy.device.Devices.Choice;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.worker.measure.gpu.Driver;
import dev.archipelago.worker.measure.gpu.FakeGpus;
import dev.archipelago.worker.measure.gpu.Gpu;
import dev.archipelago.worker.measure.gpu.Gpus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevicesTest {
  private static final EngineBuild GPU_BUILD =
      new EngineBuild("torch", "libtorch", true, 130, 75, Integer.MAX_VALUE, "cuda", List.of());
  private static final EngineBuild CPU_BUILD =
      new EngineBuild("torch", "libtorch", false, 130, 75, Integer.MAX_VALUE, "cuda", List.of());
  private static final EngineBuild ND4J =
      new EngineBuild("dl4j", "ND4J", true, 116, 0, 89, "cuda-dl4j", List.of());
  private static final Gpus NO_DRIVER =
      new Gpus.None("no NVIDIA driver (libnvidia-ml.so.1 not found)", "Install it.");

  @Test
  void autoIsTheFirstGpuThatTheEngineCanUse() {
    Devices both = look(GPU_BUILD, FakeGpus.with(H200, A100));
    assertThat(both.choose("auto", "--device"))
        .isEqualTo(new Choice("cuda:0", "NVIDIA H200, 139.0 GB"));
    assertThat(both.all()).extracting(Choice::id).containsExactly("cuda:0", "cuda:1");
    Devices nd4j = look(ND4J, FakeGpus.with(H200, A100));
    assertThat(nd4j.choose("auto", "--device").id()).isEqualTo("cuda:1");
    assertThat(nd4j.all()).extracting(Choice::id).containsExactly("cuda:1");
  }

  @Test
  void withoutAUsableGpuAutoIsTheCpuAndSaysWhy() {
    assertThat(look(GPU_BUILD, NO_DRIVER).choose("auto", "--device"))
        .hasToString("cpu: no NVIDIA driver (libnvidia-ml.so.1 not found)");
    assertThat(look(CPU_BUILD, FakeGpus.with(H200)).choose("auto", "--device"))
        .hasToString(
            "cpu: cuda:0 (NVIDIA H200, 139.0 GB): this build of libtorch is for CPUs only");
    assertThat(look(GPU_BUILD, FakeGpus.with()).choose("auto", "--device"))
        .hasToString("cpu: the driver shows no GPU");
    Gpus old = new Gpus.Watched(new FakeGpus(new Driver("535.104.05", 122), H200));
    assertThat(look(GPU_BUILD, old).all())
        .extracting(Choice::toString)
        .containsExactly(
            "cpu: cuda:0 (NVIDIA H200, 139.0 GB): driver 535.104.05 runs CUDA up to 12.2, and this"
                + " build of libtorch needs 13.0");
    assertThat(look(ND4J, FakeGpus.with(H200)).choose("auto", "--device").because())
        .endsWith("its compute capability 9.0 is too new for this build of ND4J");
    Gpu pascal = new Gpu(0, "GPU-1", "GTX 1080", 8L << 30, 61);
    assertThat(look(GPU_BUILD, FakeGpus.with(pascal)).choose("auto", "--device").because())
        .contains("6.1 is too old");
  }

  @Test
  void aNewerMinorVersionOfCudaRunsOnAnyDriverOfItsMajorVersion() {
    Gpus driver = new Gpus.Watched(new FakeGpus(new Driver("460.1", 112), A100));
    assertThat(look(ND4J, driver).usable()).hasSize(1);
  }

  @Test
  void cpuIsTheCpuWhateverThereIs() {
    assertThat(look(GPU_BUILD, FakeGpus.with(H200)).choose("cpu", "--device"))
        .isEqualTo(new Choice("cpu", ""));
  }

  @Test
  void aGpuThatIsNotThereIsRefusedWithWhatThereIs() {
    Devices one = look(GPU_BUILD, FakeGpus.with(H200));
    assertThat(one.choose("cuda", "--device").id()).isEqualTo("cuda:0");
    assertThat(one.choose("cuda:0", "--device").id()).isEqualTo("cuda:0");
    refuses(
        one,
        "cuda:1",
        "--device cuda:1: there is no such GPU. There is: cuda:0 (NVIDIA H200, 139.0 GB), cpu");
    refuses(
        look(CPU_BUILD, FakeGpus.with(H200)),
        "cuda:0",
        "--device cuda:0: this build of libtorch is for CPUs only. Build it for GPUs with mvn"
            + " -Pcuda package. There is: cpu");
    refuses(look(ND4J, FakeGpus.with(H200)), "cuda:0", "too new for this build of ND4J");
    assertThatThrownBy(() -> look(GPU_BUILD, NO_DRIVER).allGpus("--device"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--device cuda: no NVIDIA driver");
  }

  /** CUDA may run where the driver's library cannot be asked; then the engine says. */
  @Test
  void withoutADriverToAskABuildForGpusHasTheLastWord() {
    assertThat(look(GPU_BUILD, NO_DRIVER).choose("cuda:3", "--device"))
        .isEqualTo(new Choice("cuda:3", ""));
  }

  @Test
  void heedsWhatIsVisible() {
    Devices second =
        Devices.look(GPU_BUILD, FakeGpus.with(H200, A100), Map.of("CUDA_VISIBLE_DEVICES", "1"));
    assertThat(second.choose("auto", "--device"))
        .isEqualTo(new Choice("cuda:0", "NVIDIA A100, 40.0 GB"));
  }

  @Test
  void thisBuildSaysWhetherItIsForGpus() {
    assertThat(EngineBuild.present()).extracting(EngineBuild::name).contains("torch");
    assertThat(EngineBuild.of("torch").profile()).isEqualTo("cuda");
    assertThat(EngineBuild.of("dl4j").cuda()).isEqualTo(116);
  }

  @Test
  void readsListsOfDevices() {
    Devices both = look(GPU_BUILD, FakeGpus.with(H200, A100));
    assertThat(list("all", both)).containsExactly("cuda:0", "cuda:1");
    assertThat(list("all", look(GPU_BUILD, NO_DRIVER))).containsExactly("cpu");
    assertThat(list("cpu", both)).containsExactly("cpu");
    assertThat(list("2xcpu", both)).containsExactly("cpu", "cpu");
    assertThat(list("cuda:1, cuda:0", both)).containsExactly("cuda:1", "cuda:0");
    assertThat(list("2xcuda:0,cpu", both)).containsExactly("cuda:0", "cuda:0", "cpu");
    for (String bad : List.of("", "0xcpu", "cpux2", "cuda:", "all,cpu", "gpu", "cpu,,cpu")) {
      assertThatThrownBy(() -> list(bad, both))
          .as(bad)
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("--devices");
    }
  }

  private static List<String> list(String text, Devices devices) {
    return DeviceList.parse(text, () -> devices, "--devices").stream().map(Choice::id).toList();
  }

  private static Devices look(EngineBuild build, Gpus gpus) {
    return Devices.look(build, gpus, Map.of());
  }

  private static void refuses(Devices devices, String wanted, String words) {
    assertThatThrownBy(() -> devices.choose(wanted, "--device"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(words);
  }
}
