package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SupernetTest {
  private static final List<Row> ROWS =
      List.of(new Row("first", List.of("none", "conv", "skip")), new Row("second", List.of("x")));

  /** A choice between a convolution and the image (2 channels), joined to a pool, convolved. */
  private static Supernet joining() {
    PlanBuilder plan = new PlanBuilder(new Shape(2, 4, 4));
    int conv = plan.add("conv", Layer.Conv.of(2, 3, 3, 1), plan.input());
    int chosen = plan.add("chosen", new Layer.Choice(0, List.of(1, 2)), conv, plan.input());
    int pool = plan.add("pool", new Layer.MaxPool(3, 1), plan.input());
    int second = plan.add("second", new Layer.Choice(1, List.of(0)), pool);
    int joined = plan.add("joined", new Layer.Concat(), second, chosen, plan.input());
    int reading = plan.add("reading", new Layer.Conv(1, 1, 3, 1, 1, 1, true), joined);
    return new Supernet(plan.classifier(reading, 3), ROWS);
  }

  private static List<String> text(NetworkPlan plan) {
    List<String> names = plan.nodes().stream().map(NetworkPlan.Node::name).toList();
    return plan.nodes().stream()
        .map(node -> node.name() + node.inputs().stream().map(names::get).toList())
        .toList();
  }

  @Test
  void aPathHasOnlyWhatItTakes() {
    assertThat(text(joining().path(List.of(1, 0))))
        .containsExactly(
            "input[]",
            "conv[input]",
            "pool[input]",
            "joined[pool, conv, input]",
            "reading[joined]",
            "head/pool[reading]",
            "head/linear[head/pool]");
    assertThat(text(joining().path(List.of(2, 0)))).contains("joined[pool, input, input]");
  }

  @Test
  void everyCandidateIsASum() {
    assertThat(text(joining().path(List.of(Supernet.EVERY, 0))))
        .contains("chosen[conv, input]", "joined[pool, chosen, input]");
  }

  /** Channels 0 and 1 are the pool's, 4 and 5 the image's; 2 and 3, the choice's, are missing. */
  @Test
  void aConvolutionKeepsTheWeightsOfTheChannelsThatAreThere() {
    Supernet supernet = joining();
    float[] weights = new float[6 * 3];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 10 * (i / 3) + i % 3;
    }
    Map<String, float[]> shared =
        Map.of(
            "reading.weight", weights,
            "reading.weight.momentum", weights,
            "reading.bias", new float[] {7},
            "conv.weight", new float[36],
            "head/linear.bias", new float[] {1, 2, 3});
    Map<String, float[]> own = supernet.weights(shared, List.of(0, 0));
    float[] left = {0, 1, 2, 10, 11, 12, 40, 41, 42, 50, 51, 52};
    assertThat(own.get("reading.weight")).containsExactly(left);
    assertThat(own.get("reading.weight.momentum")).containsExactly(left);
    assertThat(own.get("reading.bias")).containsExactly(7);
    assertThat(own.get("head/linear.bias")).containsExactly(1, 2, 3);
    assertThat(own).doesNotContainKey("conv.weight").hasSize(4);
    assertThat(supernet.path(List.of(0, 0)).parameters().get(0))
        .isEqualTo(new NetworkPlan.Parameter("reading.weight", List.of(1, 4, 1, 3)));
    assertThat(supernet.weights(shared, List.of(1, 0)).get("reading.weight"))
        .containsExactly(weights);
  }

  /** Two filters: each keeps its own. */
  @Test
  void everyFilterIsCut() {
    PlanBuilder plan = new PlanBuilder(new Shape(1, 2, 2));
    int chosen = plan.add("chosen", new Layer.Choice(0, List.of(2)), plan.input());
    int joined = plan.add("joined", new Layer.Concat(), plan.input(), chosen);
    int reading = plan.add("reading", Layer.Conv.of(2, 1, 1, 1), joined);
    Supernet supernet = new Supernet(plan.classifier(reading, 2), ROWS);
    Map<String, float[]> shared = Map.of("reading.weight", new float[] {1, 2, 3, 4});
    assertThat(supernet.weights(shared, List.of(1, 0)).get("reading.weight")).containsExactly(1, 3);
  }

  @Test
  void whatReadsOnlyWhatIsAbsentIsAbsentToo() {
    PlanBuilder plan = new PlanBuilder(new Shape(2, 4, 4));
    int chosen = plan.add("chosen", new Layer.Choice(0, List.of(2)), plan.input());
    int relu = plan.add("relu", new Layer.Relu(), chosen);
    int sum = plan.add("sum", new Layer.Add(), relu, chosen);
    int nested = plan.add("nested", new Layer.Choice(1, List.of(0)), sum);
    int present = plan.add("present", new Layer.Present(), nested);
    Supernet supernet = new Supernet(plan.classifier(present, 2), ROWS);
    NetworkPlan path = supernet.path(List.of(0, 0));
    assertThat(text(path))
        .containsExactly(
            "input[]", "present[input]", "head/pool[present]", "head/linear[head/pool]");
    assertThat(path.nodes().get(1).layer()).isEqualTo(new Layer.Zero(new Shape(2, 4, 4)));
    assertThat(text(supernet.path(List.of(2, 0))))
        .containsExactly(
            "input[]",
            "relu[input]",
            "sum[relu, input]",
            "head/pool[sum]",
            "head/linear[head/pool]");
  }

  @Test
  void refusesWhatIsNoPath() {
    Supernet supernet = joining();
    assertThatThrownBy(() -> supernet.path(List.of(0)))
        .hasMessage("a path has an option for each of its rows");
    assertThatThrownBy(() -> supernet.path(List.of(3, 0))).hasMessage("row first has no option 3");
    assertThatThrownBy(() -> supernet.path(List.of(0, -2)))
        .hasMessage("row second has no option -2");
  }

  @Test
  void refusesANetworkWithoutAnOutput() {
    PlanBuilder plan = new PlanBuilder(new Shape(2, 4, 4));
    int chosen = plan.add("chosen", new Layer.Choice(0, List.of(2)), plan.input());
    Supernet supernet = new Supernet(plan.classifier(chosen, 2), ROWS);
    assertThatThrownBy(() -> supernet.path(List.of(0, 0)))
        .hasMessage("nothing comes through to the output");
  }

  @Test
  void refusesMissingChannelsThatNothingDefines() {
    PlanBuilder plan = new PlanBuilder(new Shape(2, 4, 4));
    int chosen = plan.add("chosen", new Layer.Choice(0, List.of(2)), plan.input());
    int joined = plan.add("joined", new Layer.Concat(), plan.input(), chosen);
    int norm = plan.add("norm", new Layer.BatchNorm(), joined);
    Supernet supernet = new Supernet(plan.classifier(norm, 2), ROWS);
    assertThat(supernet.path(List.of(2, 0)).nodes()).hasSize(5);
    assertThatThrownBy(() -> supernet.path(List.of(0, 0)))
        .hasMessage("norm reads a concatenation with parts left out");
  }

  /** The names a checkpoint is kept under; a change of them loses all that was trained. */
  @Test
  void namesStayAsTheyAre() {
    Task task = new Task(new Shape(1, 7, 9), 2);
    List<Operation> two = List.of(Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);
    assertThat(parameters(new CellSpace(1, two, 1, 1, 4).supernet(task)))
        .contains(
            "stem/conv.weight",
            "cell_0/previous/conv.weight",
            "cell_0/node_0/left/from_0/sep_conv_3x3/first/depthwise.weight",
            "cell_0/node_0/right/from_1/sep_conv_3x3/second/norm.bias");
    assertThat(parameters(new CellSpace(1, two, 1, 1, 4).relaxed(task, 1)))
        .contains("cell_0/node_0/from_1/sep_conv_3x3/second/pointwise.weight");
    assertThat(parameters(new NasBench201Space(2, 2).supernet(task)))
        .contains("stage_0/cell_1/node_2/from_0/nor_conv_3x3/conv.weight", "head/norm.weight");
    assertThat(
            parameters(
                new ChainSpace(3, List.of(1, 3), List.of(1), List.of(4), true).supernet(task)))
        .contains("layer_2/3x1/conv.weight", "layer_2/1x3/norm.bias");
  }

  private static List<String> parameters(Supernet supernet) {
    return supernet.plan().parameters().stream().map(NetworkPlan.Parameter::name).toList();
  }

  @Test
  void refusesChoicesThatFollowNoRow() {
    PlanBuilder plan = new PlanBuilder(new Shape(2, 4, 4));
    int chosen = plan.add("chosen", new Layer.Choice(2, List.of(0)), plan.input());
    NetworkPlan built = plan.classifier(chosen, 2);
    assertThatThrownBy(() -> new Supernet(built, ROWS)).hasMessage("chosen follows row 2");
    Row third = new Row("third", Arrays.asList("a"));
    Supernet whole = new Supernet(built, List.of(ROWS.get(0), ROWS.get(1), third));
    assertThat(whole.path(List.of(0, 0, 0)).nodes()).hasSize(3);
  }
}
