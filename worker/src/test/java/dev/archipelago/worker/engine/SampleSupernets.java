package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import java.util.ArrayList;
import java.util.List;

/** Small supernets with every operation of DARTS and everything that can be left out. */
public final class SampleSupernets {
  private SampleSupernets() {}

  static final List<String> OPERATIONS =
      List.of("none", "skip_connect", "sep_conv_3x3", "dil_conv_3x3", "max_pool", "avg_pool");

  /**
   * A cell of two nodes: the first reads the stem, the second both. The cell joins them, so that
   * along some paths a part of the joined map is not there, or all of it.
   */
  public static Supernet cell(Task task, int channels) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int stem = plan.add("stem/conv", Layer.Conv.of(channels, 3, 3, 1), plan.input());
    int x = plan.add("stem/norm", new Layer.BatchNorm(), stem);
    int first = edge(plan, "edge_0/", 0, x, channels);
    int direct = edge(plan, "edge_1/", 1, x, channels);
    int second = edge(plan, "edge_2/", 2, first, channels);
    int sum = plan.add("sum", new Layer.Add(), direct, second);
    int joined = plan.add("joined", new Layer.Concat(), first, sum);
    int relu = plan.add("after/relu", new Layer.Relu(), joined);
    int conv = plan.add("after/conv", Layer.Conv.of(channels, 1, 1, 1), relu);
    int norm = plan.add("after/norm", new Layer.BatchNorm(), conv);
    int present = plan.add("present", new Layer.Present(), norm);
    return new Supernet(
        plan.classifier(plan.add("bent", new Layer.Tanh(), present), task.classes()), rows(3));
  }

  /**
   * What {@link #cell} has not: a row that two nodes follow, edges as candidates, channels that go
   * another way, and a dense layer on a concatenation with parts left out.
   */
  static Supernet partial(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int stem = plan.add("stem/conv", new Layer.Conv(8, 3, 3, 2, 1, 1, true), plan.input());
    int x = plan.add("stem/norm", new Layer.BatchNorm(), stem);
    int half = plan.add("half", new Layer.Channels(0, 4), x);
    int rest = plan.add("rest", new Layer.Channels(4, 8), x);
    int left = plan.add("left", new Layer.Concat(), edge(plan, "edge_0/", 0, half, 4), rest);
    int right = plan.add("right", new Layer.Concat(), edge(plan, "edge_1/", 1, half, 4), rest);
    int again = edge(plan, "edge_2/", 0, half, 4);
    int dealt =
        plan.add("dealt", new Layer.Shuffle(2), plan.add("whole", new Layer.Concat(), rest, half));
    int node = plan.add("node", new Layer.Choice(2, List.of(2, 1)), dealt, x);
    int conv = plan.add("left_conv", Layer.Conv.of(4, 1, 1, 1), left);
    int other = plan.add("right_conv", Layer.Conv.of(4, 3, 3, 1), right);
    int joined = plan.add("joined", new Layer.Concat(), again, conv, node, other);
    int pooled = plan.add("pooled", new Layer.MaxPool(2, 2), joined);
    return new Supernet(plan.classifier(pooled, task.classes()), rows(3));
  }

  private static List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new Row("edge_" + i, OPERATIONS));
    }
    return rows;
  }

  /** All operations but none. */
  private static int edge(PlanBuilder plan, String at, int row, int input, int channels) {
    int sep = depthwise(plan, at + "sep/first/", input, channels, 1);
    int max = plan.add(at + "max/pool", new Layer.MaxPool(3, 1), input);
    int avg = plan.add(at + "avg/pool", new Layer.AvgPool(3, 1), input);
    return plan.add(
        at + "choice",
        new Layer.Choice(row, List.of(1, 2, 3, 4, 5)),
        input,
        depthwise(plan, at + "sep/second/", sep, channels, 1),
        depthwise(plan, at + "dil/", input, channels, 2),
        plan.add(at + "max/norm", new Layer.Standardize(), max),
        plan.add(at + "avg/norm", new Layer.Standardize(), avg));
  }

  private static int depthwise(PlanBuilder plan, String at, int input, int channels, int dilation) {
    int relu = plan.add(at + "relu", new Layer.Relu(), input);
    Layer.Conv each = new Layer.Conv(channels, 3, 3, 1, dilation, channels, false);
    int depthwise = plan.add(at + "depthwise", each, relu);
    int pointwise = plan.add(at + "pointwise", Layer.Conv.of(channels, 1, 1, 1), depthwise);
    return plan.add(at + "norm", new Layer.BatchNorm(), pointwise);
  }
}
