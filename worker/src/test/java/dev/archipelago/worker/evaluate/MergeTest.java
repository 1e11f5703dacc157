package dev.archipelago.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static Map<String, float[]> part(float weight, float momentum, float updates) {
    return Map.of(
        "conv.weight", new float[] {weight, -weight},
        "conv.weight.momentum", new float[] {momentum, 0},
        "conv.weight.updates", new float[] {updates},
        "norm.running_mean", new float[] {weight});
  }

  @Test
  void weighsAParameterByHowOftenEachPartUpdatedIt() {
    Map<String, float[]> merged = Merge.of(List.of(part(1, 4, 1), part(5, 8, 3)));

    assertThat(merged.get("conv.weight")).containsExactly(4, -4);
    assertThat(merged.get("conv.weight.momentum")).containsExactly(7, 0);
  }

  @Test
  void takesThePlainMeanOfWhatIsNoParameter() {
    Map<String, float[]> merged = Merge.of(List.of(part(1, 4, 1), part(5, 8, 3)));

    assertThat(merged.get("norm.running_mean")).containsExactly(3);
  }

  @Test
  void leavesAPathThatOnlyOnePartTrainedAsThatPartLeftIt() {
    Map<String, float[]> merged = Merge.of(List.of(part(1, 4, 0), part(5, 8, 2)));

    assertThat(merged.get("conv.weight")).containsExactly(5, -5);
  }

  @Test
  void keepsWhatNobodyUpdated() {
    Map<String, float[]> merged = Merge.of(List.of(part(1, 4, 0), part(1, 4, 0)));

    assertThat(merged.get("conv.weight")).containsExactly(1, -1);
    assertThat(merged.get("conv.weight.momentum")).containsExactly(4, 0);
  }

  @Test
  void onePartStaysAsItIs() {
    Map<String, float[]> part = part(1, 4, 7);

    Map<String, float[]> merged = Merge.of(List.of(part));

    assertThat(merged.keySet()).isEqualTo(part.keySet());
    merged.forEach((name, values) -> assertThat(values).isEqualTo(part.get(name)));
  }
}
