package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.wire.proto.TrialProto;

/** What is asked of a worker, to protobuf and back. */
public final class TrialCodec {
  private TrialCodec() {}

  public static TrialProto.TrialId toProto(TrialId trial) {
    return TrialProto.TrialId.newBuilder()
        .setSearch(trial.search().value())
        .setNumber(trial.number())
        .build();
  }

  public static TrialId fromProto(TrialProto.TrialId proto) {
    return new TrialId(new SearchId(proto.getSearch()), proto.getNumber());
  }

  public static TrialProto.Arm toProto(Arm arm) {
    return switch (arm) {
      case MAIN -> TrialProto.Arm.ARM_MAIN;
      case BASELINE -> TrialProto.Arm.ARM_BASELINE;
      case REFERENCE -> TrialProto.Arm.ARM_REFERENCE;
    };
  }

  public static Arm fromProto(TrialProto.Arm proto) {
    return switch (proto) {
      case ARM_MAIN -> Arm.MAIN;
      case ARM_BASELINE -> Arm.BASELINE;
      case ARM_REFERENCE -> Arm.REFERENCE;
      case ARM_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("Arm");
    };
  }

  public static TrialProto.Stage toProto(Stage stage) {
    return switch (stage) {
      case SEARCH -> TrialProto.Stage.STAGE_SEARCH;
      case RETRAIN -> TrialProto.Stage.STAGE_RETRAIN;
      case FINAL -> TrialProto.Stage.STAGE_FINAL;
    };
  }

  public static Stage fromProto(TrialProto.Stage proto) {
    return switch (proto) {
      case STAGE_SEARCH -> Stage.SEARCH;
      case STAGE_RETRAIN -> Stage.RETRAIN;
      case STAGE_FINAL -> Stage.FINAL;
      case STAGE_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("Stage");
    };
  }

  public static TrialProto.Training toProto(Training training) {
    return TrialProto.Training.newBuilder()
        .setEpochs(training.epochs())
        .setBatchSize(training.batchSize())
        .setLearningRate(training.learningRate())
        .setMomentum(training.momentum())
        .setWeightDecay(training.weightDecay())
        .setGradientClip(training.gradientClip())
        .setAugmentation(
            TrialProto.Augmentation.newBuilder()
                .setCropPadding(training.augmentation().cropPadding())
                .setFlip(training.augmentation().flip()))
        .setThreads(training.threads())
        .setPrecision(toProto(training.precision()))
        .build();
  }

  public static Training fromProto(TrialProto.Training proto) {
    Fields.require(proto.hasAugmentation(), "Training.augmentation");
    TrialProto.Augmentation augmentation = proto.getAugmentation();
    return new Training(
        proto.getEpochs(),
        proto.getBatchSize(),
        proto.getLearningRate(),
        proto.getMomentum(),
        proto.getWeightDecay(),
        proto.getGradientClip(),
        new Augmentation(augmentation.getCropPadding(), augmentation.getFlip()),
        proto.getThreads(),
        fromProto(proto.getPrecision()));
  }

  public static TrialProto.Precision toProto(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> TrialProto.Precision.PRECISION_FLOAT32;
      case BF16 -> TrialProto.Precision.PRECISION_BF16;
    };
  }

  /** Nothing was said of it before there was a choice. */
  public static Precision fromProto(TrialProto.Precision proto) {
    return switch (proto) {
      case PRECISION_UNSPECIFIED, PRECISION_FLOAT32 -> Precision.FLOAT32;
      case PRECISION_BF16 -> Precision.BF16;
      case UNRECOGNIZED -> throw Fields.missing("Training.precision");
    };
  }

  public static TrialProto.DatasetRef toProto(DatasetRef dataset) {
    TrialProto.DatasetRef.Builder proto =
        TrialProto.DatasetRef.newBuilder()
            .setName(dataset.name())
            .setPath(dataset.path())
            .setTask(PlanCodec.toProto(dataset.task()))
            .setLimit(dataset.limit());
    if (dataset.examples() instanceof Examples.Images images) {
      proto.setImages(TrialProto.DatasetRef.Images.newBuilder().setSize(images.size()));
    } else if (dataset.examples() instanceof Examples.Rows rows) {
      proto.setRows(
          TrialProto.DatasetRef.Rows.newBuilder().setLabel(rows.label()).setTest(rows.test()));
    } else if (dataset.examples() instanceof Examples.Windows windows) {
      proto.setWindows(TrialProto.DatasetRef.Windows.newBuilder().setLength(windows.length()));
    } else {
      throw new AssertionError("no protobuf form for " + dataset.examples());
    }
    return proto.build();
  }

  public static DatasetRef fromProto(TrialProto.DatasetRef proto) {
    Fields.require(proto.hasTask(), "DatasetRef.task");
    return new DatasetRef(
        proto.getName(),
        proto.getPath(),
        examples(proto),
        PlanCodec.fromProto(proto.getTask()),
        proto.getLimit());
  }

  /** The first release says nothing: it knew images only. */
  private static Examples examples(TrialProto.DatasetRef proto) {
    return switch (proto.getExamplesCase()) {
      case IMAGES -> new Examples.Images(proto.getImages().getSize());
      case ROWS -> new Examples.Rows(proto.getRows().getLabel(), proto.getRows().getTest());
      case WINDOWS -> new Examples.Windows(proto.getWindows().getLength());
      case EXAMPLES_NOT_SET -> new Examples.Images(0);
    };
  }

  public static TrialProto.Split toProto(Split split) {
    return TrialProto.Split.newBuilder()
        .setSeed(split.seed())
        .setValidationFraction(split.validationFraction())
        .build();
  }

  public static Split fromProto(TrialProto.Split proto) {
    return new Split(proto.getSeed(), proto.getValidationFraction());
  }

  public static TrialProto.Profiling toProto(Profiling profiling) {
    return TrialProto.Profiling.newBuilder()
        .setBatchSize(profiling.batchSize())
        .setWarmUp(profiling.warmUp())
        .setRuns(profiling.runs())
        .build();
  }

  public static Profiling fromProto(TrialProto.Profiling proto) {
    return new Profiling(proto.getBatchSize(), proto.getWarmUp(), proto.getRuns());
  }

  public static TrialProto.Assignment toProto(Assignment assignment) {
    TrialProto.Assignment.Builder proto =
        TrialProto.Assignment.newBuilder()
            .setTrial(toProto(assignment.trial()))
            .setAttempt(assignment.attempt())
            .setStage(toProto(assignment.stage()))
            .setDataset(toProto(assignment.dataset()))
            .setSplit(toProto(assignment.split()))
            .setEvaluation(EvaluationCodec.toProto(assignment.evaluation()))
            .setTraining(toProto(assignment.training()))
            .setProfiling(toProto(assignment.profiling()))
            .setSeed(assignment.seed());
    if (assignment.evaluation() instanceof Evaluation.Share) {
      proto.setPackedPlan(PackedPlan.toBytes(assignment.plan()));
    } else {
      proto.setPlan(PlanCodec.toProto(assignment.plan()));
    }
    return proto.build();
  }

  /**
   * What a supernet takes of an {@link Assignment}'s bytes: its plan, packed, and its rows.
   *
   * @throws IllegalArgumentException if the plan is larger than what is ever sent
   */
  public static int bytes(Supernet supernet) {
    TrialProto.Assignment.Builder proto =
        TrialProto.Assignment.newBuilder().setPackedPlan(PackedPlan.toBytes(supernet.plan()));
    supernet
        .rows()
        .forEach(
            row -> proto.getEvaluationBuilder().getShareBuilder().addRows(PlanCodec.toProto(row)));
    return proto.build().getSerializedSize();
  }

  private static NetworkPlan plan(TrialProto.Assignment proto) {
    Fields.require(proto.hasPlan() || !proto.getPackedPlan().isEmpty(), "Assignment.plan");
    return proto.hasPlan()
        ? PlanCodec.fromProto(proto.getPlan())
        : PackedPlan.fromBytes(proto.getPackedPlan());
  }

  /** Assignments of the first release say nothing: they train to the end. */
  private static Evaluation evaluation(TrialProto.Assignment proto) {
    return proto.hasEvaluation()
        ? EvaluationCodec.fromProto(proto.getEvaluation())
        : new Evaluation.Train(proto.getTraining().getEpochs());
  }

  public static Assignment fromProto(TrialProto.Assignment proto) {
    Fields.require(proto.hasTrial(), "Assignment.trial");
    Fields.require(proto.hasDataset(), "Assignment.dataset");
    Fields.require(proto.hasSplit(), "Assignment.split");
    Fields.require(proto.hasTraining(), "Assignment.training");
    Fields.require(proto.hasProfiling(), "Assignment.profiling");
    return new Assignment(
        fromProto(proto.getTrial()),
        proto.getAttempt(),
        fromProto(proto.getStage()),
        plan(proto),
        fromProto(proto.getDataset()),
        fromProto(proto.getSplit()),
        evaluation(proto),
        fromProto(proto.getTraining()),
        fromProto(proto.getProfiling()),
        proto.getSeed());
  }
}
