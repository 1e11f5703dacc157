package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
  private static final NetworkPlan.Node INPUT = node("input", new Layer.Input(new Shape(2, 4, 4)));

  private static NetworkPlan.Node node(String name, Layer layer, Integer... inputs) {
    return new NetworkPlan.Node(name, layer, List.of(inputs));
  }

  @Test
  void namesTheNodeThatDoesNotFit() {
    refuses("a plan needs an input and a layer", INPUT);
    refuses("two nodes are called input", INPUT, node("input", new Layer.Relu(), 0));
    refuses("the first node, and only it, is the input", node("relu", new Layer.Relu()));
    refuses(
        "the first node, and only it, is the input",
        INPUT,
        node("again", new Layer.Input(new Shape(1, 1, 1))));
    refuses("relu does not stand after its inputs", INPUT, node("relu", new Layer.Relu(), 1));
    refuses("relu: reads one input, got 2", INPUT, node("relu", new Layer.Relu(), 0, 0));
    refuses(
        "linear: a dense layer reads a vector, not 2x4x4",
        INPUT,
        node("linear", new Layer.Linear(3), 0));
    refuses(
        "join: cannot join 2x4x4 and 2x2x2",
        INPUT,
        node("pool", new Layer.MaxPool(2, 2), 0),
        node("join", new Layer.Concat(), 0, 1));
  }

  private static void refuses(String message, NetworkPlan.Node... nodes) {
    assertThatThrownBy(() -> new NetworkPlan(List.of(nodes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void shapesFollowTheLayersRules() {
    Shape in = new Shape(6, 7, 5);
    assertThat(new Layer.Conv(4, 3, 5, 2, 1, 2, true).output(List.of(in)))
        .isEqualTo(new Shape(4, 4, 3));
    assertThat(new Layer.Conv(6, 3, 3, 1, 2, 6, false).output(List.of(in))).isEqualTo(in);
    assertThat(new Layer.MaxPool(3, 2).output(List.of(in))).isEqualTo(new Shape(6, 4, 3));
    assertThat(new Layer.AvgPool(4, 4).output(List.of(in))).isEqualTo(new Shape(6, 2, 2));
    assertThat(new Layer.GlobalAvgPool().output(List.of(in))).isEqualTo(new Shape(6, 1, 1));
    assertThat(new Layer.Add().output(List.of(in, in))).isEqualTo(in);
    assertThat(new Layer.Concat().output(List.of(in, in))).isEqualTo(new Shape(12, 7, 5));
    assertThat(new Layer.Flatten().output(List.of(in))).isEqualTo(new Shape(210, 1, 1));
    Shape tokens = new Shape(1, 9, 1);
    Shape steps = new Layer.Embedding(30, 4).output(List.of(tokens));
    assertThat(steps).isEqualTo(new Shape(4, 9, 1));
    assertThat(new Layer.Recurrent(Cell.GRU, 8, true).output(List.of(steps)))
        .isEqualTo(new Shape(8, 9, 1));
    assertThat(new Layer.Recurrent(Cell.GRU, 8, false).output(List.of(steps)))
        .isEqualTo(new Shape(8, 1, 1));
    assertThatThrownBy(() -> new Layer.Recurrent(Cell.RNN, 8, true).output(List.of(in)))
        .hasMessage("a recurrent layer reads a sequence CxTx1, not 6x7x5");
    assertThatThrownBy(() -> new Layer.MaxPool(2, 1))
        .hasMessage("an even pooling kernel equals its stride");
    assertThatThrownBy(() -> new Layer.Conv(4, 2, 3, 1, 1, 1, true)).hasMessage("kernels are odd");
  }

  @Test
  void groupedConvolutionsCountTheirOwnChannelsOnly() {
    NetworkPlan plan =
        new NetworkPlan(List.of(INPUT, node("conv", new Layer.Conv(6, 3, 3, 2, 1, 2, true), 0)));
    assertThat(plan.parameters())
        .containsExactly(
            new NetworkPlan.Parameter("conv.weight", List.of(6, 1, 3, 3)),
            new NetworkPlan.Parameter("conv.bias", List.of(6)));
    assertThat(PlanCost.of(plan)).isEqualTo(new PlanCost(54 + 6, 6 * 4 * 9, 32 + 24));
  }
}
