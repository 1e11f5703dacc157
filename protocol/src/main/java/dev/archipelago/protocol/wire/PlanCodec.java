package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.wire.proto.PlanProto;

/** Architectures, network plans and the rows of supernets, to protobuf and back. */
public final class PlanCodec {
  private PlanCodec() {}

  public static PlanProto.Architecture toProto(Architecture architecture) {
    return PlanProto.Architecture.newBuilder()
        .setSpace(architecture.space())
        .addAllValues(architecture.values())
        .build();
  }

  public static Architecture fromProto(PlanProto.Architecture proto) {
    return new Architecture(proto.getSpace(), proto.getValuesList());
  }

  public static PlanProto.Shape toProto(Shape shape) {
    return PlanProto.Shape.newBuilder()
        .setChannels(shape.channels())
        .setHeight(shape.height())
        .setWidth(shape.width())
        .build();
  }

  public static Shape fromProto(PlanProto.Shape proto) {
    return new Shape(proto.getChannels(), proto.getHeight(), proto.getWidth());
  }

  public static PlanProto.Task toProto(Task task) {
    return PlanProto.Task.newBuilder()
        .setInput(toProto(task.input()))
        .setClasses(task.classes())
        .build();
  }

  public static Task fromProto(PlanProto.Task proto) {
    Fields.require(proto.hasInput(), "Task.input");
    return new Task(fromProto(proto.getInput()), proto.getClasses());
  }

  public static PlanProto.NetworkPlan toProto(NetworkPlan plan) {
    PlanProto.NetworkPlan.Builder proto = PlanProto.NetworkPlan.newBuilder();
    for (NetworkPlan.Node node : plan.nodes()) {
      PlanProto.Node.Builder written =
          proto.addNodesBuilder().setName(node.name()).addAllInputs(node.inputs());
      LayerCodec.write(node.layer(), written);
    }
    return proto.build();
  }

  /**
   * @throws IllegalArgumentException naming the node that does not fit
   */
  public static NetworkPlan fromProto(PlanProto.NetworkPlan proto) {
    return new NetworkPlan(
        proto.getNodesList().stream()
            .map(
                node ->
                    new NetworkPlan.Node(
                        node.getName(), LayerCodec.read(node), node.getInputsList()))
            .toList());
  }

  public static PlanProto.Row toProto(Row row) {
    return PlanProto.Row.newBuilder().setName(row.name()).addAllOptions(row.options()).build();
  }

  public static Row fromProto(PlanProto.Row proto) {
    return new Row(proto.getName(), proto.getOptionsList());
  }

  public static PlanProto.Ragged toProto(Ragged ragged) {
    PlanProto.Ragged.Builder proto = PlanProto.Ragged.newBuilder();
    ragged.rows().forEach(row -> proto.addRowsBuilder().addAllNumbers(row));
    return proto.build();
  }

  public static Ragged fromProto(PlanProto.Ragged proto) {
    return new Ragged(
        proto.getRowsList().stream().map(PlanProto.Ragged.Numbers::getNumbersList).toList());
  }
}
