package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class MlpSpaceTest extends SpaceContract {
  private static final List<Activation> ALL = List.of(Activation.values());
  private static final Task TABLE = new Task(new Shape(5, 1, 1), 3);
  private static final MlpSpace SMALL =
      new MlpSpace(2, List.of(4, 8), List.of(Activation.RELU, Activation.TANH), true);

  @Override
  List<SearchSpace> spaces() {
    return List.of(
        SMALL,
        new MlpSpace(1, List.of(3), List.of(Activation.SIGMOID), false),
        new MlpSpace(3, List.of(16, 32, 64, 128), ALL, false),
        new MlpSpace(16, List.of(1, 2), ALL, true));
  }

  @Test
  void sameUpToTheDepthIsTheSameNetwork() {
    assertThat(SMALL.size()).isEqualTo(BigInteger.valueOf(2 * 8 * 8));
    assertThat(Architectures.all(SMALL).stream().map(SMALL::fingerprint).distinct())
        .hasSize(8 + 8 * 8);
    for (Architecture architecture : Architectures.all(SMALL)) {
      for (Architecture other : Architectures.all(SMALL)) {
        assertThat(SMALL.canonical(architecture).equals(SMALL.canonical(other)))
            .isEqualTo(SMALL.decode(architecture, TABLE).equals(SMALL.decode(other, TABLE)));
      }
    }
  }

  @Test
  void buildsWhatTheDecisionsSay() {
    Architecture architecture = Architectures.of(SMALL, List.of(1, 1, 0, 1, 0, 1, 0));
    assertThat(SMALL.describe(architecture))
        .containsEntry("network/depth", "2")
        .containsEntry("layer_0/norm", "yes")
        .containsEntry("layer_1/activation", "tanh");
    NetworkPlan plan = SMALL.decode(architecture, TABLE);
    assertThat(plan.nodes().stream().map(NetworkPlan.Node::name))
        .containsExactly(
            "input",
            "layer_0/linear",
            "layer_0/norm",
            "layer_0/relu",
            "layer_1/linear",
            "layer_1/tanh",
            "head/linear");
    PlanCost cost = PlanCost.of(plan);
    assertThat(cost.params()).isEqualTo((5 * 8 + 8) + 16 + (8 * 4 + 4) + (4 * 3 + 3));
    assertThat(cost.flops()).isEqualTo(5 * 8 + 8 * 4 + 4 * 3);
  }

  @Test
  void flattensAnImage() {
    NetworkPlan plan =
        SMALL.decode(
            Architectures.of(SMALL, List.of(0, 0, 0, 0, 0, 0, 0)), new Task(new Shape(2, 3, 4), 3));
    assertThat(plan.shapes().get(1)).isEqualTo(new Shape(24, 1, 1));
    assertThat(PlanCost.of(plan).flops()).isEqualTo(24 * 4 + 4 * 3);
  }

  @Test
  void refusesImpossibleSpaces() {
    assertThatThrownBy(() -> new MlpSpace(17, List.of(8), ALL, false))
        .hasMessage("layers must be 1 to 16, got 17");
    assertThatThrownBy(() -> new MlpSpace(2, List.of(0), ALL, false))
        .hasMessage("units must be 1 to 4096, got 0");
    assertThatThrownBy(() -> new MlpSpace(2, List.of(8, 8), ALL, false))
        .hasMessage("units must be a list of different options");
    assertThatThrownBy(() -> new MlpSpace(2, List.of(8), List.of(), false))
        .hasMessage("activations must be a list of different options");
  }
}
