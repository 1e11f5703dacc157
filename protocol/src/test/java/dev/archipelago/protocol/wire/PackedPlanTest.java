package dev.archipelago.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.wire.proto.TrialProto;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PackedPlanTest {

  @Test
  void bringsBackAPlan() {
    ByteString packed = PackedPlan.toBytes(Fixtures.plan());
    assertThat(PackedPlan.fromBytes(packed)).isEqualTo(Fixtures.plan());
  }

  /** A gigabyte of zeros is a megabyte of bytes: reading stops long before its end. */
  @Test
  void refusesWhatUnpacksWithoutEnd() throws IOException {
    assertThatThrownBy(() -> PackedPlan.fromBytes(zeros(PackedPlan.LIMIT_BYTES + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 8388608 bytes");
  }

  @Test
  void refusesWhatIsNoPackedPlan() {
    ByteString packed = PackedPlan.toBytes(Fixtures.plan());
    for (ByteString wrong :
        new ByteString[] {
          ByteString.copyFromUtf8("plan"),
          packed.substring(0, packed.size() / 2),
          packed.substring(1)
        }) {
      assertThatThrownBy(() -> PackedPlan.fromBytes(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not a packed plan");
    }
  }

  private static ByteString zeros(int count) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    try (OutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(new byte[count]);
    }
    return bytes.toByteString();
  }

  /** DARTS's search network (arXiv:1806.09055v2, §3.1.1) of 8 cells, and all it takes to go on. */
  @Test
  void aRoundOfDartsFitsInAMessage() {
    List<Operation> operations =
        List.of(
            Operation.MAX_POOL_3X3,
            Operation.AVG_POOL_3X3,
            Operation.SKIP_CONNECT,
            Operation.SEP_CONV_3X3,
            Operation.SEP_CONV_5X5,
            Operation.DIL_CONV_3X3,
            Operation.DIL_CONV_5X5);
    CellSpace space = new CellSpace(4, operations, 3, 2, 16);
    for (int channelShare : new int[] {1, 4}) {
      Supernet supernet = space.relaxed(new Task(new Shape(3, 32, 32), 10), channelShare);
      assertThat(supernet.plan().nodes()).hasSizeGreaterThan(3000);
      Ragged alphas = Ragged.filled(supernet.rows(), 1.0 / 3);
      Work.Bilevel any = (Work.Bilevel) Fixtures.rounds().get(0).work();
      Work work =
          new Work.Bilevel(
              new Alphas(alphas, alphas, alphas, 1),
              50,
              any.descent(),
              any.rule(),
              any.relaxation(),
              any.order(),
              0,
              any.scoring());
      Round round =
          new Round(
              new Round.Net.Relaxed(channelShare), new Round.Weights.Fresh(1), work, List.of());
      TrialProto.Assignment proto =
          TrialCodec.toProto(
              Fixtures.sharing(supernet.plan(), new Evaluation.Share(supernet.rows(), round)));
      assertThat(proto.getSerializedSize()).isLessThan(WireCodec.WIRE_LIMIT_BYTES);
      assertThat(TrialCodec.fromProto(proto).plan()).isEqualTo(supernet.plan());
    }
  }
}
