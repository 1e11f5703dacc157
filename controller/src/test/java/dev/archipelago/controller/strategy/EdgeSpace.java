package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.RelaxedSpace;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Five operations on each of six edges: the decisions of NAS-Bench-201, arXiv:2001.00326, §2.1. */
public record EdgeSpace() implements SharedSpace, RelaxedSpace {
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

  /** Partial channels weigh the three edges of the last node, too. */
  @Override
  public List<Row> relaxedRows(int channelShare) {
    return channelShare == 1
        ? rows()
        : Stream.concat(
                rows().stream(),
                Stream.of(new Row("node_3", List.of("node_0", "node_1", "node_2"))))
            .toList();
  }

  /**
   * @throws IllegalArgumentException for a share of channels that does not divide 8
   */
  @Override
  public Supernet relaxed(Task task, int channelShare) {
    if (8 % channelShare != 0) {
      throw new IllegalArgumentException("8 channels are not divided by " + channelShare);
    }
    return new Supernet(supernet(task).plan(), relaxedRows(channelShare));
  }

  /** The strongest operation of every edge. */
  @Override
  public Architecture derive(Ragged probabilities, int channelShare) {
    return new Architecture(
        kind(),
        probabilities.rows().subList(0, DECISIONS.size()).stream()
            .map(row -> row.indexOf(Collections.max(row)))
            .toList());
  }

  @Override
  public List<Integer> relaxedPath(Architecture architecture, int channelShare) {
    check(architecture);
    return channelShare == 1
        ? architecture.values()
        : Stream.concat(architecture.values().stream(), Stream.of(Supernet.EVERY)).toList();
  }
}
