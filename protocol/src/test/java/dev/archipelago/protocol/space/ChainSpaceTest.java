package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainSpaceTest extends SpaceContract {
  private static final ChainSpace THREE =
      new ChainSpace(3, List.of(1, 3), List.of(1, 2), List.of(4, 8), true);

  @Override
  List<SearchSpace> spaces() {
    return List.of(
        THREE,
        new ChainSpace(6, List.of(1, 3, 5, 7), List.of(1, 2, 3, 4), List.of(8, 16), true),
        new ChainSpace(4, List.of(3, 5), List.of(1, 2), List.of(8, 16, 32), false),
        new ChainSpace(3, List.of(3), List.of(1, 2), List.of(4, 8), true),
        new ChainSpace(1, List.of(3), List.of(1), List.of(4), true),
        SHARED,
        new ChainSpace(7, List.of(1, 3, 5), List.of(2), List.of(6), true),
        new ChainSpace(4, List.of(3, 5), List.of(1), List.of(8), false));
  }

  @Test
  void countsChoicesTimesSkips() {
    ChainSpace space =
        new ChainSpace(4, List.of(1, 3, 5), List.of(1, 2), List.of(8, 16, 24, 32), true);
    assertThat(space.decisions()).hasSize(4 * 4 + 3);
    assertThat(space.size()).isEqualTo(BigInteger.valueOf(214_990_848)); // (3 * 3 * 2 * 4)^4 * 2^3
  }

  @Test
  void takesTheDecisionsOfALayerBeforeTheNext() {
    assertThat(THREE.decisions().stream().map(Decision::name))
        .containsExactly(
            "layer_0/kernel_height",
            "layer_0/kernel_width",
            "layer_0/stride",
            "layer_0/filters",
            "layer_1/kernel_height",
            "layer_1/kernel_width",
            "layer_1/stride",
            "layer_1/filters",
            "layer_2/kernel_height",
            "layer_2/kernel_width",
            "layer_2/stride",
            "layer_2/filters",
            "layer_2/skip_0");
  }

  /**
   * Layer 0: 4 filters of 3 x 1; layer 1: 8 of 3 x 3, stride 2; layer 2: 4 of 1 x 1, reads both.
   */
  private static NetworkPlan skipping() {
    List<Integer> values = List.of(1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1);
    return THREE.decode(Architectures.of(THREE, values), new Task(new Shape(3, 8, 8), 10));
  }

  @Test
  void costsWhatPaperAndPencilSay() {
    long params = (4 * 3 * 3 + 8) + (8 * 4 * 9 + 16) + (4 * 12 + 8) + (4 * 10 + 10);
    long flops = 256 * 3 * 3 + 128 * 4 * 9 + 64 * 12 + 4 * 10;
    long activations = 192 + 3 * 256 + 3 * 128 + (64 + 192) + 3 * 64 + 4 + 10;
    assertThat(PlanCost.of(skipping())).isEqualTo(new PlanCost(params, flops, activations));
    assertThat(params).isEqualTo(454);
    assertThat(flops).isEqualTo(7_720);
  }

  @Test
  void hasTheParametersOfItsNodes() {
    NetworkPlan plan = skipping();
    List<List<NetworkPlan.Parameter>> byNode = plan.parametersByNode();
    assertThat(byNode).hasSameSizeAs(plan.nodes());
    for (int i = 0; i < byNode.size(); i++) {
      String name = plan.nodes().get(i).name();
      assertThat(byNode.get(i)).allMatch(parameter -> parameter.name().startsWith(name + "."));
    }
    assertThat(byNode.stream().flatMap(List::stream)).containsExactlyElementsOf(plan.parameters());
  }

  @Test
  void namesItsParametersByPlace() {
    assertThat(skipping().parameters())
        .extracting(parameter -> parameter.name() + " " + parameter.dimensions())
        .containsExactly(
            "layer_0/conv.weight [4, 3, 3, 1]",
            "layer_0/norm.weight [4]",
            "layer_0/norm.bias [4]",
            "layer_1/conv.weight [8, 4, 3, 3]",
            "layer_1/norm.weight [8]",
            "layer_1/norm.bias [8]",
            "layer_2/conv.weight [4, 12, 1, 1]",
            "layer_2/norm.weight [4]",
            "layer_2/norm.bias [4]",
            "head/linear.weight [10, 4]",
            "head/linear.bias [10]");
  }

  @Test
  void poolsTheLargerMapsBeforeTheyAreJoined() {
    NetworkPlan plan = skipping();
    List<String> names = plan.nodes().stream().map(NetworkPlan.Node::name).toList();
    int pool = names.indexOf("layer_2/pool_0");
    assertThat(plan.nodes().get(pool).layer()).isEqualTo(new Layer.AvgPool(2, 2));
    assertThat(plan.nodes().get(pool).inputs()).containsExactly(names.indexOf("layer_0/relu"));
    assertThat(plan.shapes().get(names.indexOf("layer_2/concat"))).isEqualTo(new Shape(12, 4, 4));
  }

  @Test
  void joinsWideMapsToo() {
    ChainSpace space = new ChainSpace(3, List.of(3), List.of(1, 4), List.of(4), true);
    Architecture architecture =
        Architectures.of(space, List.of(0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1));
    NetworkPlan plan = space.decode(architecture, new Task(new Shape(1, 4, 16), 2));
    assertThat(plan.nodes().stream().map(NetworkPlan.Node::layer))
        .contains(new Layer.AvgPool(4, 4));
  }

  @Test
  void refusesImpossibleSpaces() {
    assertThatThrownBy(() -> new ChainSpace(0, List.of(3), List.of(1), List.of(8), true))
        .hasMessage("layers must be 1 to 32, got 0");
    assertThatThrownBy(() -> new ChainSpace(3, List.of(2), List.of(1), List.of(8), true))
        .hasMessage("kernels must be odd, got 2");
    assertThatThrownBy(() -> new ChainSpace(3, List.of(3), List.of(5), List.of(8), true))
        .hasMessage("strides must be 1 to 4, got 5");
    assertThatThrownBy(() -> new ChainSpace(3, List.of(3), List.of(1), List.of(0), true))
        .hasMessage("filters must be 1 to 4096, got 0");
    assertThatThrownBy(() -> new ChainSpace(3, List.of(3, 3), List.of(1), List.of(8), true))
        .hasMessage("kernels must be a list of different options");
    assertThatThrownBy(() -> new ChainSpace(3, List.of(3), List.of(), List.of(8), true))
        .hasMessage("strides must be a list of different options");
  }

  // --- Shared weights

  private static final ChainSpace SHARED =
      new ChainSpace(3, List.of(1, 3), List.of(1), List.of(4), true);

  @Test
  void sharesWeightsByKernelAndSkip() {
    assertThat(SHARED.rows())
        .containsExactly(
            new Row("layer_0/kernel", List.of("1x1", "1x3", "3x1", "3x3")),
            new Row("layer_1/kernel", List.of("1x1", "1x3", "3x1", "3x3")),
            new Row("layer_2/kernel", List.of("1x1", "1x3", "3x1", "3x3")),
            new Row("layer_2/skip_0", List.of("no", "yes")));
    Architecture architecture =
        Architectures.of(SHARED, List.of(1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1));
    assertThat(SHARED.path(architecture)).containsExactly(2, 3, 1, 1);
  }

  /** Without the skip, layer 2 reads its predecessor's four channels, the last of eight. */
  @Test
  void aSkipThatIsNotTakenHasItsChannelsCut() {
    Supernet supernet = SHARED.supernet(new Task(new Shape(1, 4, 4), 2));
    float[] weights = new float[4 * 8];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 8;
    }
    Map<String, float[]> shared = Map.of("layer_2/1x1/conv.weight", weights);
    assertThat(supernet.weights(shared, List.of(0, 0, 0, 0)).get("layer_2/1x1/conv.weight"))
        .containsExactly(4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7);
    assertThat(supernet.weights(shared, List.of(0, 0, 0, 1)).get("layer_2/1x1/conv.weight"))
        .containsExactly(weights);
  }

  @Test
  void saysWhichSettingKeepsNetworksFromSharingWeights() {
    ChainSpace filters = new ChainSpace(2, List.of(3), List.of(1), List.of(8, 16), true);
    assertThatThrownBy(filters::rows)
        .hasMessage("filters must have one value where networks share weights, for instance [8]");
    ChainSpace strides = new ChainSpace(2, List.of(3), List.of(1, 2), List.of(8), true);
    assertThatThrownBy(() -> strides.supernet(new Task(new Shape(1, 4, 4), 2)))
        .hasMessage("strides must have one value where networks share weights, for instance [1]");
    assertThatThrownBy(
            () -> strides.path(Architectures.of(strides, List.of(0, 0, 0, 0, 0, 0, 0, 0))))
        .hasMessageStartingWith("strides must have one value");
  }
}
