package dev.archipelago.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.BlockFamily;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.StagedSpace;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.space.reference.ReferenceNetwork;
import dev.archipelago.protocol.space.reference.ReferenceSpace;
import dev.archipelago.protocol.wire.proto.PlanProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCodecTest {

  @Test
  void bringsBackEveryKindOfLayer() throws InvalidProtocolBufferException {
    assertThat(Fixtures.types(Fixtures.plan().nodes().stream().map(NetworkPlan.Node::layer)))
        .containsExactlyInAnyOrder(Layer.class.getPermittedSubclasses());
    assertThat(through(Fixtures.plan())).isEqualTo(Fixtures.plan());
  }

  @Test
  void bringsBackRandomChains() throws InvalidProtocolBufferException {
    List<Integer> filters = List.of(8, 16, 24);
    bringsBackRandomMembers(new ChainSpace(6, List.of(1, 3, 5), List.of(1, 2), filters, true), 200);
  }

  @Test
  void bringsBackRandomCells() throws InvalidProtocolBufferException {
    bringsBackRandomMembers(new CellSpace(4, List.of(Operation.values()), 3, 2, 16), 100);
  }

  @Test
  void bringsBackRandomMembersOfTheOtherSpaces() throws InvalidProtocolBufferException {
    bringsBackRandomMembers(new NasBench201Space(16, 2), 100);
    bringsBackRandomMembers(new ReferenceSpace(List.of(ReferenceNetwork.values())), 10);
    List<Integer> sizes = List.of(8, 16);
    List<Integer> numbers = List.of(1, 3);
    bringsBackRandomMembers(
        new StagedSpace(
            3,
            List.of(BlockFamily.values()),
            numbers,
            numbers,
            List.of(0, 4),
            sizes,
            numbers,
            sizes,
            8),
        100);
  }

  private static void bringsBackRandomMembers(SearchSpace space, int count)
      throws InvalidProtocolBufferException {
    SplitMix64 random = new SplitMix64(7);
    Task task = new Task(new Shape(3, 32, 32), 10);
    for (int i = 0; i < count; i++) {
      Architecture architecture = space.sample(random);
      assertThat(through(architecture)).isEqualTo(architecture);
      NetworkPlan plan = space.decode(architecture, task);
      assertThat(through(plan)).isEqualTo(plan);
    }
  }

  @Test
  void namesTheNodeWithoutALayer() {
    PlanProto.NetworkPlan.Builder proto = PlanCodec.toProto(Fixtures.plan()).toBuilder();
    proto.getNodesBuilder(3).clearLayer();
    assertThatThrownBy(() -> PlanCodec.fromProto(proto.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Node.layer of \"relu\"");
  }

  @Test
  void namesTheNodeThatDoesNotFit() {
    PlanProto.NetworkPlan.Builder proto = PlanCodec.toProto(Fixtures.plan()).toBuilder();
    proto.getNodesBuilder(1).getConvBuilder().setGroups(2);
    assertThatThrownBy(() -> PlanCodec.fromProto(proto.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conv: groups divide the input's channels");
  }

  private static NetworkPlan through(NetworkPlan plan) throws InvalidProtocolBufferException {
    byte[] bytes = PlanCodec.toProto(plan).toByteArray();
    return PlanCodec.fromProto(PlanProto.NetworkPlan.parseFrom(bytes));
  }

  private static Architecture through(Architecture architecture)
      throws InvalidProtocolBufferException {
    byte[] bytes = PlanCodec.toProto(architecture).toByteArray();
    return PlanCodec.fromProto(PlanProto.Architecture.parseFrom(bytes));
  }
}
