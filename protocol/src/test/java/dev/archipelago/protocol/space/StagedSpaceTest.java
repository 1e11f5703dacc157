package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.random.SplitMix64;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StagedSpaceTest extends SpaceContract {
  private static final Task TASK = new Task(new Shape(3, 32, 32), 10);

  /** One stage, everything to choose: 2 * 4 * 2^5 architectures. */
  private static final StagedSpace ONE =
      space(1, List.of(0, 16), Arrays.asList(BlockFamily.values()));

  private static StagedSpace space(
      int stages, List<Integer> resolutions, List<BlockFamily> families) {
    return new StagedSpace(
        stages,
        families,
        List.of(3, 5),
        List.of(3, 6),
        List.of(0, 4),
        List.of(8, 16),
        List.of(1, 2),
        resolutions,
        8);
  }

  @Override
  List<SearchSpace> spaces() {
    return List.of(
        ONE,
        space(3, List.of(0), Arrays.asList(BlockFamily.values())),
        space(5, List.of(8, 0, 100), List.of(BlockFamily.MBCONV)));
  }

  @Test
  void countsTheDecisionsOfEachStage() {
    assertThat(ONE.size()).isEqualTo(2 * 4 * 32);
    assertThat(space(3, List.of(0), List.of(BlockFamily.PLAIN)).size())
        .isEqualTo(BigInteger.valueOf(32 * 32 * 32));
  }

  @Test
  void whatMeansNothingToAFamilyTellsNoTwoNetworksApart() {
    Map<String, NetworkPlan> plans = new HashMap<>();
    for (Architecture architecture : Architectures.all(ONE)) {
      NetworkPlan plan = ONE.decode(architecture, TASK);
      assertThat(plans.computeIfAbsent(ONE.canonical(architecture), key -> plan)).isEqualTo(plan);
    }
    // plain: kernel, width, depth; basic: and squeeze; bottleneck: without kernel; mbconv: all.
    assertThat(plans).hasSize(2 * (8 + 16 + 8 + 32));
    assertThat(Set.copyOf(plans.values())).hasSameSizeAs(plans.values());
  }

  private static final long STEM = 8 * 3 * 9 + 16;

  private static PlanCost cost(String family, String kernel, String squeeze, String width) {
    Map<String, String> labels =
        Map.of(
            "input/resolution", "own",
            "stage_0/family", family,
            "stage_0/kernel", kernel,
            "stage_0/expansion", "3",
            "stage_0/squeeze", squeeze,
            "stage_0/width", width,
            "stage_0/depth", "1");
    return PlanCost.of(ONE.decode(ONE.parse(labels), TASK));
  }

  @Test
  void everyFamilyCostsWhatPaperAndPencilSay() {
    long head = 16 * 10 + 10;
    assertThat(cost("plain", "5", "0", "16").params()).isEqualTo(STEM + 16 * 8 * 25 + 32 + head);
    long basic = (16 * 8 * 9 + 32) + (16 * 16 * 9 + 32) + (16 * 8 + 32);
    assertThat(cost("resnet_basic", "3", "0", "16").params()).isEqualTo(STEM + basic + head);
    long excitation = (16 * 4 + 4) + (4 * 16 + 16);
    assertThat(cost("resnet_basic", "3", "4", "16").params())
        .isEqualTo(STEM + basic + excitation + head);
    long bottleneck = (8 * 4 + 8) + (4 * 4 * 9 + 8) + (4 * 16 + 32) + (8 * 16 + 32);
    assertThat(cost("resnet_bottleneck", "5", "0", "16").params())
        .isEqualTo(STEM + bottleneck + head);
    long inverted = (8 * 24 + 48) + (24 * 25 + 48) + (24 * 16 + 32);
    long squeezed = (24 * 2 + 2) + (2 * 24 + 24); // a quarter of the 8 that come in
    assertThat(cost("mbconv", "5", "4", "16").params())
        .isEqualTo(STEM + inverted + squeezed + head);
    assertThat(cost("mbconv", "5", "4", "16").flops())
        .isEqualTo(1024 * (8 * 27 + 24 * 8 + 24 * 25 + 16 * 24) + 24 * 2 + 2 * 24 + 16 * 10);
  }

  @Test
  void theShortcutIsFreeWhereTheShapeStays() {
    long basic = 2 * (8 * 8 * 9 + 16);
    assertThat(cost("resnet_basic", "3", "0", "8").params()).isEqualTo(STEM + basic + 8 * 10 + 10);
  }

  @Test
  void halvesTheMapBetweenStagesAndLargeImagesTwiceMore() {
    StagedSpace space = space(3, List.of(0), List.of(BlockFamily.PLAIN));
    Architecture architecture = space.sample(new SplitMix64(1));
    assertThat(lastMap(space.decode(architecture, TASK))).isEqualTo(new Shape(8, 8, 8));
    Task large = new Task(new Shape(3, 128, 128), 10);
    assertThat(lastMap(space.decode(architecture, large))).isEqualTo(new Shape(8, 8, 8));
  }

  private static Shape lastMap(NetworkPlan plan) {
    Shape last = plan.shapes().get(plan.shapes().size() - 3);
    return new Shape(8, last.height(), last.width());
  }

  @Test
  void resizesTheInputInProportion() {
    StagedSpace space = space(1, List.of(16), List.of(BlockFamily.PLAIN));
    NetworkPlan plan =
        space.decode(space.sample(new SplitMix64(1)), new Task(new Shape(1, 32, 20), 2));
    assertThat(plan.nodes().get(1).layer()).isEqualTo(new Layer.Resize(16, 10));
    NetworkPlan own =
        space.decode(space.sample(new SplitMix64(1)), new Task(new Shape(1, 16, 20), 2));
    assertThat(own.nodes().get(1).name()).isEqualTo("stem/conv");
  }

  @Test
  void refusesImpossibleSpaces() {
    List<BlockFamily> plain = List.of(BlockFamily.PLAIN);
    assertThatThrownBy(() -> space(0, List.of(0), plain))
        .hasMessage("stages must be 1 to 7, got 0");
    assertThatThrownBy(() -> space(1, List.of(4), plain))
        .hasMessage("resolutions must be 8 or more, or 0 for the images' own, got 4");
    assertThatThrownBy(() -> space(1, List.of(0, 0), plain))
        .hasMessage("resolutions must be a list of different options");
    assertThatThrownBy(() -> space(1, List.of(0), List.of()))
        .hasMessage("families must be a list of different options");
    List<Integer> one = List.of(1);
    assertThatThrownBy(
            () -> new StagedSpace(1, plain, List.of(2), one, one, one, one, List.of(0), 8))
        .hasMessage("kernels must be odd, got 2");
    assertThatThrownBy(
            () -> new StagedSpace(1, plain, one, one, List.of(65), one, one, List.of(0), 8))
        .hasMessage("squeeze-excite must be 0 to 64, got 65");
  }
}
