package dev.archipelago.worker.measure.gpu;

import static dev.archipelago.worker.measure.gpu.FakeGpus.A100;
import static dev.archipelago.worker.measure.gpu.FakeGpus.H200;
import static dev.archipelago.worker.measure.gpu.FakeGpus.SLICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisibleGpusTest {
  private final GpuMonitor monitor = new FakeGpus(new Driver("580", 130), H200, A100);

  @Test
  void allAreVisibleUnlessSomeAreChosen() {
    assertThat(VisibleGpus.of(monitor, Map.of())).containsExactly(H200, A100);
  }

  @Test
  void chosenOnesComeInTheOrderOfTheChoice() {
    assertThat(chosen("1")).containsExactly(A100);
    assertThat(chosen("1, 0")).containsExactly(A100, H200);
    assertThat(chosen("GPU-77,GPU-5d1f")).containsExactly(A100, H200);
    assertThat(chosen("MIG-c0de")).containsExactly(SLICE);
  }

  @Test
  void theFirstThatIsNotThereEndsTheList() {
    assertThat(chosen("")).isEmpty();
    assertThat(chosen("-1,0")).isEmpty();
    assertThat(chosen("0,7,1")).containsExactly(H200);
    assertThat(chosen("GPU-,1")).isEmpty(); // two begin so
    assertThat(chosen("MIG-beef,0")).isEmpty();
    assertThat(chosen("0,0,1")).containsExactly(H200);
  }

  @Test
  void theOrderIsUncertainOnlyAmongDifferentOnes() {
    assertThat(VisibleGpus.isOrderUncertain(List.of(H200, A100), Map.of())).isTrue();
    assertThat(VisibleGpus.isOrderUncertain(List.of(H200, H200), Map.of())).isFalse();
    assertThat(
            VisibleGpus.isOrderUncertain(
                List.of(H200, A100), Map.of("CUDA_DEVICE_ORDER", "PCI_BUS_ID")))
        .isFalse();
  }

  private List<Gpu> chosen(String value) {
    return VisibleGpus.of(monitor, Map.of("CUDA_VISIBLE_DEVICES", value));
  }
}
