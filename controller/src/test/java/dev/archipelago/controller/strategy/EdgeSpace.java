package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Five operations on each of six edges: the decisions of NAS-Bench-201, arXiv:2001.00326, §2.1. */
public record EdgeSpace() implements SharedSpace {
  public static final List<String> OPERATIONS =
      List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3");

  private static final List<Decision> DECISIONS =
      IntStream.range(0, 6)
          .<Decision>mapToObj(
              i -> new Decision.Choice("edge_" + i + "/operation", "operation", OPERATIONS))
          .toList();

  @Override
  public String kind() {
    return "edges";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  @Override
  public List<Decision> decisions() {
    return DECISIONS;
  }

  /** A classifier on the bare image: strategies must not need the network. */
  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    PlanBuilder plan = new PlanBuilder(task.input());
    return plan.classifier(plan.input(), task.classes());
  }

  @Override
  public List<Row> rows() {
    return DECISIONS.stream().map(edge -> new Row(edge.name(), OPERATIONS)).toList();
  }

  @Override
  public Supernet supernet(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    return new Supernet(plan.classifier(plan.input(), task.classes()), rows());
  }

  @Override
  public List<Integer> path(Architecture architecture) {
    check(architecture);
    return architecture.values();
  }
}
