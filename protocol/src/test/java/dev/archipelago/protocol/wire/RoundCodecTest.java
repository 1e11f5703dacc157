package dev.archipelago.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.protocol.trial.Round.Relaxation;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.wire.proto.PlanProto;
import dev.archipelago.protocol.wire.proto.TrialProto;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundCodecTest {

  @Test
  void bringsBackEveryRound() throws InvalidProtocolBufferException {
    for (Round round : Fixtures.rounds()) {
      byte[] bytes = RoundCodec.toProto(round).toByteArray();
      assertThat(RoundCodec.fromProto(TrialProto.Round.parseFrom(bytes))).isEqualTo(round);
    }
  }

  @Test
  void hasAnExampleOfEverything() {
    List<Round> rounds = Fixtures.rounds();
    assertThat(Fixtures.types(rounds.stream().map(Round::net)))
        .containsExactlyInAnyOrder(Round.Net.class.getPermittedSubclasses());
    assertThat(Fixtures.types(rounds.stream().map(Round::weights)))
        .containsExactlyInAnyOrder(Round.Weights.class.getPermittedSubclasses());
    assertThat(Fixtures.types(rounds.stream().map(Round::work)))
        .containsExactlyInAnyOrder(Work.class.getPermittedSubclasses());
    Stream<Relaxation> relaxations =
        rounds.stream()
            .map(Round::work)
            .filter(Work.Bilevel.class::isInstance)
            .map(work -> ((Work.Bilevel) work).relaxation());
    assertThat(Fixtures.types(relaxations))
        .containsExactlyInAnyOrder(Relaxation.class.getPermittedSubclasses());
  }

  @Test
  void bringsBackEveryOrder() {
    for (Order order : Order.values()) {
      assertThat(RoundCodec.fromProto(RoundCodec.toProto(order))).isEqualTo(order);
    }
    assertThatThrownBy(() -> RoundCodec.fromProto(TrialProto.Round.Order.ORDER_UNSPECIFIED))
        .hasMessageContaining("Round.Order");
  }

  @Test
  void bringsBackReports() throws InvalidProtocolBufferException {
    for (RoundReport report : Fixtures.roundReports()) {
      byte[] bytes = RoundCodec.toProto(report).toByteArray();
      assertThat(RoundCodec.fromProto(TrialProto.RoundReport.parseFrom(bytes))).isEqualTo(report);
    }
  }

  @Test
  void bringsBackRows() throws InvalidProtocolBufferException {
    for (Row row : Fixtures.rows()) {
      byte[] bytes = PlanCodec.toProto(row).toByteArray();
      assertThat(PlanCodec.fromProto(PlanProto.Row.parseFrom(bytes))).isEqualTo(row);
    }
  }

  @Test
  void refusesPathsWhoseLengthsDoNotAddUp() {
    TrialProto.Round.PathList.Builder proto =
        TrialProto.Round.PathList.newBuilder().addAllOptions(List.of(1, 2, 3));
    for (List<Integer> wrong :
        List.of(List.of(2), List.of(4), List.of(2, 2), List.of(-1, 4), List.<Integer>of())) {
      assertThatThrownBy(
              () -> RoundCodec.fromProto(proto.clone().clearLengths().addAllLengths(wrong).build()))
          .as(wrong.toString())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Round.PathList.lengths");
    }
  }

  /** A byte an option and one a path: 600 paths through 28 rows are a twelfth of a message. */
  @Test
  void writesPathsWithAByteAnOption() {
    List<List<Integer>> paths = Collections.nCopies(600, Collections.nCopies(28, 7));
    assertThat(RoundCodec.toProto(paths).getSerializedSize()).isLessThan(600 * 29 + 20);
  }
}
