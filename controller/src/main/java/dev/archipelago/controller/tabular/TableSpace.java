package dev.archipelago.controller.tabular;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The decisions of NAS-Bench-201 with a bare classifier behind each: strategies see no network, and
 * a simulation trains none.
 */
record TableSpace() implements SearchSpace {
  private static final List<Decision> DECISIONS =
      IntStream.range(0, Cells.EDGES)
          .<Decision>mapToObj(
              i -> new Decision.Choice("edge_" + i + "/operation", "operation", Cells.OPERATIONS))
          .toList();

  @Override
  public String kind() {
    return Cells.SPACE;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  @Override
  public List<Decision> decisions() {
    return DECISIONS;
  }

  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    PlanBuilder plan = new PlanBuilder(task.input());
    return plan.classifier(plan.input(), task.classes());
  }
}
