package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SequenceSpaceTest extends SpaceContract {
  private static final List<Cell> ALL = List.of(Cell.values());
  private static final SequenceSpace SMALL =
      new SequenceSpace(List.of(4, 6), ALL, 2, List.of(8), List.of(0, 5));

  @Override
  List<SearchSpace> spaces() {
    return List.of(
        SMALL,
        new SequenceSpace(List.of(16, 32, 64), ALL, 2, List.of(64, 128), List.of(0, 64)),
        new SequenceSpace(List.of(1), List.of(Cell.GRU), 8, List.of(1, 2), List.of(3)));
  }

  @Override
  Stream<Task> tasks() {
    return Stream.of(
        new Task(new Shape(1, 32, 1), 65),
        new Task(new Shape(1, 1, 1), 2),
        new Task(new Shape(1, 200, 1), 300));
  }

  @Test
  void costsWhatPaperAndPencilSay() {
    Task task = new Task(new Shape(1, 10, 1), 7);
    for (Cell cell : Cell.values()) {
      long gates = cell.gates();
      Architecture architecture = Architectures.of(SMALL, List.of(1, ALL.indexOf(cell), 1, 0, 1));
      NetworkPlan plan = SMALL.decode(architecture, task);
      PlanCost cost = PlanCost.of(plan);
      long first = gates * (8 * 6 + 8 * 8);
      long second = gates * (8 * 8 + 8 * 8);
      assertThat(cost.params())
          .isEqualTo(7 * 6 + first + second + 2 * 2 * gates * 8 + (8 * 5 + 5) + (5 * 7 + 7));
      assertThat(cost.flops()).isEqualTo(10 * (first + second) + 8 * 5 + 5 * 7);
    }
  }

  @Test
  void onlyTheLastLayerForgetsTheSteps() {
    NetworkPlan plan =
        SMALL.decode(
            Architectures.of(SMALL, List.of(0, 2, 1, 0, 0)), new Task(new Shape(1, 10, 1), 7));
    assertThat(plan.shapes())
        .containsExactly(
            new Shape(1, 10, 1),
            new Shape(4, 10, 1),
            new Shape(8, 10, 1),
            new Shape(8, 1, 1),
            new Shape(7, 1, 1));
    assertThat(plan.parameters().stream().map(NetworkPlan.Parameter::name))
        .startsWith(
            "embedding.weight",
            "layer_0/recurrent.weight_ih",
            "layer_0/recurrent.weight_hh",
            "layer_0/recurrent.bias_ih",
            "layer_0/recurrent.bias_hh");
  }

  @Test
  void readsTokensAndNothingElse() {
    Architecture any = Architectures.of(SMALL, List.of(0, 0, 0, 0, 0));
    assertThatThrownBy(() -> SMALL.decode(any, new Task(new Shape(3, 32, 32), 10)))
        .hasMessageContaining("an embedding reads 1xTx1 tokens, not 3x32x32");
  }

  @Test
  void refusesImpossibleSpaces() {
    List<Integer> one = List.of(1);
    assertThatThrownBy(() -> new SequenceSpace(one, ALL, 9, one, one))
        .hasMessage("layers must be 1 to 8, got 9");
    assertThatThrownBy(() -> new SequenceSpace(one, List.of(), 1, one, one))
        .hasMessage("cells must be a list of different options");
    assertThatThrownBy(() -> new SequenceSpace(List.of(0), ALL, 1, one, one))
        .hasMessage("embeddings must be 1 to 4096, got 0");
    assertThatThrownBy(() -> new SequenceSpace(one, ALL, 1, List.of(5000), one))
        .hasMessage("units must be 1 to 4096, got 5000");
    assertThatThrownBy(() -> new SequenceSpace(one, ALL, 1, one, List.of(-1)))
        .hasMessage("dense must be 0 to 4096, got -1");
  }
}
