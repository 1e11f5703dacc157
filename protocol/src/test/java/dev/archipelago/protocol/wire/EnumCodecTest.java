package dev.archipelago.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.wire.proto.TrialProto;
import dev.archipelago.protocol.wire.proto.WorkerProto;
import org.junit.jupiter.api.Test;

/** A value that this version does not know must not turn into another. */
class EnumCodecTest {

  @Test
  void bringsBackEveryValue() {
    for (Arm arm : Arm.values()) {
      assertThat(TrialCodec.fromProto(TrialCodec.toProto(arm))).isEqualTo(arm);
    }
    for (Stage stage : Stage.values()) {
      assertThat(TrialCodec.fromProto(TrialCodec.toProto(stage))).isEqualTo(stage);
    }
    for (Category category : Category.values()) {
      assertThat(OutcomeCodec.fromProto(OutcomeCodec.toProto(category))).isEqualTo(category);
    }
  }

  @Test
  void bringsBackEveryProxy() {
    for (Proxy proxy : Proxy.values()) {
      assertThat(EvaluationCodec.fromProto(EvaluationCodec.toProto(proxy))).isEqualTo(proxy);
    }
  }

  @Test
  void bringsBackEveryPrecision() {
    for (Precision precision : Precision.values()) {
      assertThat(TrialCodec.fromProto(TrialCodec.toProto(precision))).isEqualTo(precision);
    }
  }

  @Test
  void aTrainingFromBeforeThereWereTwoPrecisionsIsInFloat32() {
    TrialProto.Training old =
        TrialCodec.toProto(Fixtures.assignment().training()).toBuilder().clearPrecision().build();
    assertThat(TrialCodec.fromProto(old).precision()).isEqualTo(Precision.FLOAT32);
    assertThatThrownBy(() -> TrialCodec.fromProto(old.toBuilder().setPrecisionValue(99).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Training.precision");
  }

  @Test
  void bringsBackEveryEvaluation() {
    for (Evaluation evaluation : Fixtures.evaluations()) {
      assertThat(EvaluationCodec.fromProto(EvaluationCodec.toProto(evaluation)))
          .isEqualTo(evaluation);
    }
    assertThat(Fixtures.types(Fixtures.evaluations().stream()))
        .containsExactlyInAnyOrder(Evaluation.class.getPermittedSubclasses());
  }

  @Test
  void bringsBackEveryKindOfExample() {
    for (Examples examples : Fixtures.examples()) {
      DatasetRef dataset = new DatasetRef("csv", "/a/b.csv", examples, Fixtures.TASK, 7);
      assertThat(TrialCodec.fromProto(TrialCodec.toProto(dataset))).isEqualTo(dataset);
    }
    assertThat(Fixtures.types(Fixtures.examples().stream()))
        .containsExactlyInAnyOrder(Examples.class.getPermittedSubclasses());
  }

  @Test
  void bringsBackEveryCell() {
    for (Cell cell : Cell.values()) {
      assertThat(LayerCodec.cell(LayerCodec.cell(cell))).isEqualTo(cell);
    }
  }

  @Test
  void bringsBackEveryCapability() {
    for (Capability capability : Capability.values()) {
      assertThat(DeviceCodec.fromProto(DeviceCodec.toProto(capability)))
          .containsExactly(capability);
    }
  }

  /** Of what a newer worker says and this version does not know, the rest still counts. */
  @Test
  void takesAWorkerThatSaysMoreOrLess() {
    WorkerProto.WorkerDescription.Builder proto =
        WorkerProto.WorkerDescription.newBuilder().setDevice("cuda:1").setEngine("torch");
    assertThat(DeviceCodec.fromProto(proto.build()).device()).isEqualTo(Device.of("cuda:1", "", 0));
    proto.setDeviceKindValue(99).addCapabilitiesValue(99).addCapabilitiesValue(1);
    assertThat(DeviceCodec.fromProto(proto.build()).device().kind()).isEqualTo(DeviceKind.CUDA);
    assertThat(DeviceCodec.fromProto(proto.build()).capabilities())
        .containsExactly(Capability.SUPERNETS);
  }

  @Test
  void refusesAnUnspecifiedStage() {
    TrialProto.Assignment.Builder proto = TrialCodec.toProto(Fixtures.assignment()).toBuilder();
    refuses(proto.setStageValue(0).build(), "Stage");
    refuses(proto.setStageValue(99).build(), "Stage");
  }

  @Test
  void refusesAnUnspecifiedArm() {
    assertThatThrownBy(() -> TrialCodec.fromProto(TrialProto.Arm.ARM_UNSPECIFIED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Arm");
  }

  @Test
  void refusesAnUnspecifiedCategory() {
    Outcome failed = Fixtures.outcomes().get(2);
    TrialProto.Outcome.Builder proto = OutcomeCodec.toProto(failed).toBuilder();
    for (int unknown : new int[] {0, 99}) {
      proto.getFailedBuilder().setCategoryValue(unknown);
      assertThatThrownBy(() -> OutcomeCodec.fromProto(proto.build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("TrialFailure.category");
    }
  }

  @Test
  void hasAnExampleOfEveryOutcome() {
    assertThat(Fixtures.types(Fixtures.outcomes().stream()))
        .containsExactlyInAnyOrder(Outcome.class.getPermittedSubclasses());
  }

  private static void refuses(TrialProto.Assignment proto, String field) {
    assertThatThrownBy(() -> TrialCodec.fromProto(proto))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field);
  }
}
