package dev.archipelago.deploy.doctor;

import static dev.archipelago.worker.measure.gpu.FakeGpus.A100;
import static dev.archipelago.worker.measure.gpu.FakeGpus.H200;
import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.deploy.device.EngineBuild;
import dev.archipelago.deploy.doctor.Finding.Grade;
import dev.archipelago.worker.measure.gpu.Driver;
import dev.archipelago.worker.measure.gpu.FakeGpus;
import dev.archipelago.worker.measure.gpu.Gpus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpuCheckTest {
  private static final Gpus.None NO_DRIVER =
      new Gpus.None("no NVIDIA driver (libnvidia-ml.so.1 not found)", "Install it.");

  @Test
  void aMachineWithoutADriverIsFineUnlessTheBuildIsForGpus() {
    assertThat(GpuCheck.examine(NO_DRIVER, List.of(torch(false)), Map.of()))
        .containsExactly(
            new Finding(
                Grade.OK,
                "GPU",
                "none: no NVIDIA driver (libnvidia-ml.so.1 not found)",
                "Install it."));
    assertThat(GpuCheck.examine(NO_DRIVER, List.of(torch(true)), Map.of()))
        .extracting(Finding::grade)
        .containsExactly(Grade.WARN);
  }

  @Test
  void listsTheGpusAndWhatEachEngineCanUse() {
    EngineBuild nd4j = new EngineBuild("dl4j", "ND4J", true, 116, 0, 89, "cuda-dl4j", List.of());
    List<Finding> findings =
        GpuCheck.examine(
            FakeGpus.with(H200, A100),
            List.of(torch(true), nd4j),
            Map.of("CUDA_DEVICE_ORDER", "PCI_BUS_ID"));
    assertThat(findings)
        .extracting(finding -> finding.subject() + ": " + finding.text())
        .containsExactly(
            "GPU driver: 580.65.06, for programs up to CUDA 13.0",
            "GPU 0: NVIDIA H200, 139.0 GB, compute capability 9.0",
            "GPU 1: NVIDIA A100, 40.0 GB, compute capability 8.0",
            "GPU for torch: cuda:0, cuda:1 can be used, by what driver and build say: worker"
                + " --devices all",
            "GPU for dl4j: cuda:1 can be used, by what driver and build say: worker --devices all");
  }

  @Test
  void saysWhatIsMissingWithTheRemedy() {
    assertThat(GpuCheck.examine(FakeGpus.with(H200), List.of(torch(false)), Map.of()))
        .last()
        .isEqualTo(
            Finding.warn(
                "GPU for torch",
                "none: cuda:0 (NVIDIA H200, 139.0 GB): this build of libtorch is for CPUs only",
                "Build it for GPUs with mvn -Pcuda package."));
    FakeGpus old = new FakeGpus(new Driver("535.104.05", 122), H200);
    assertThat(GpuCheck.examine(new Gpus.Watched(old), List.of(torch(true)), Map.of()))
        .last()
        .satisfies(finding -> assertThat(finding.text()).contains("runs CUDA up to 12.2"))
        .satisfies(finding -> assertThat(finding.remedy()).contains("580 or later"));
    assertThat(old.isClosed()).isTrue();
  }

  @Test
  void saysWhichAreHiddenAndWhereTheOrderIsUncertain() {
    assertThat(GpuCheck.examine(FakeGpus.with(H200, A100), List.of(torch(true)), Map.of()))
        .extracting(Finding::subject)
        .contains("GPU order");
    assertThat(
            GpuCheck.examine(
                FakeGpus.with(H200, A100),
                List.of(torch(true)),
                Map.of("CUDA_VISIBLE_DEVICES", "1")))
        .extracting(Finding::text)
        .contains("1 of 2, by CUDA_VISIBLE_DEVICES=1");
  }

  private static EngineBuild torch(boolean forCuda) {
    return new EngineBuild(
        "torch", "libtorch", forCuda, 130, 75, Integer.MAX_VALUE, "cuda", List.of());
  }
}
