package dev.archipelago.deploy.role;

import static dev.archipelago.worker.measure.gpu.FakeGpus.A100;
import static dev.archipelago.worker.measure.gpu.FakeGpus.H200;
import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.worker.measure.DeviceMeter;
import dev.archipelago.worker.measure.gpu.FakeGpus;
import dev.archipelago.worker.measure.gpu.Gpus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnDeviceTest {
  @Test
  void theCpuIsWatchedByNobodyAndAsksNoDriver() {
    OwnDevice own =
        OwnDevice.of(
            "cpu",
            () -> {
              throw new AssertionError("no GPU is meant");
            },
            Map.of());
    assertThat(own.device().kind()).isEqualTo(DeviceKind.CPU);
    assertThat(own.device().memoryBytes()).isPositive();
    assertThat(own.meter()).isSameAs(DeviceMeter.NONE);
  }

  @Test
  void aGpuIsTheOneThatCudaMeansAndIsWatched() {
    OwnDevice own =
        OwnDevice.of(
            "cuda:0", () -> FakeGpus.with(H200, A100), Map.of("CUDA_VISIBLE_DEVICES", "1"));
    try (DeviceMeter meter = own.meter()) {
      assertThat(own.device()).isEqualTo(Device.of("cuda:0", "NVIDIA A100", 40L << 30));
      assertThat(meter.joules()).isPresent();
    }
  }

  @Test
  void whereNobodyKnowsTheGpuItHasNoName() {
    assertThat(OwnDevice.of("cuda:1", () -> new Gpus.None("none", ""), Map.of()).device())
        .isEqualTo(Device.of("cuda:1", "", 0));
    assertThat(OwnDevice.of("cuda:1", () -> FakeGpus.with(H200), Map.of()).device())
        .isEqualTo(Device.of("cuda:1", "", 0));
  }
}
