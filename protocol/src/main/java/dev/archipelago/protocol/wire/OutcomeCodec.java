package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.wire.proto.TrialProto;

/** How attempts end, to protobuf and back. */
public final class OutcomeCodec {
  private OutcomeCodec() {}

  public static TrialProto.Outcome toProto(Outcome outcome) {
    TrialProto.Outcome.Builder proto =
        TrialProto.Outcome.newBuilder()
            .setTrial(TrialCodec.toProto(outcome.trial()))
            .setAttempt(outcome.attempt());
    if (outcome instanceof Outcome.Completed completed) {
      proto.setCompleted(MeasurementCodec.toProto(completed.measurement()));
    } else if (outcome instanceof Outcome.Failed failed) {
      proto.setFailed(toProto(failed.failure()));
    } else {
      throw new AssertionError("no protobuf form for " + outcome);
    }
    return proto.build();
  }

  public static Outcome fromProto(TrialProto.Outcome proto) {
    Fields.require(proto.hasTrial(), "Outcome.trial");
    TrialId trial = TrialCodec.fromProto(proto.getTrial());
    return switch (proto.getEndCase()) {
      case COMPLETED ->
          new Outcome.Completed(
              trial, proto.getAttempt(), MeasurementCodec.fromProto(proto.getCompleted()));
      case FAILED -> new Outcome.Failed(trial, proto.getAttempt(), fromProto(proto.getFailed()));
      case END_NOT_SET -> throw Fields.missing("Outcome.end");
    };
  }

  public static TrialProto.TrialFailure toProto(TrialFailure failure) {
    return TrialProto.TrialFailure.newBuilder()
        .setCategory(toProto(failure.category()))
        .setRetryable(failure.retryable())
        .setMessage(failure.message())
        .setDeviceSeconds(failure.deviceSeconds())
        .build();
  }

  public static TrialFailure fromProto(TrialProto.TrialFailure proto) {
    return new TrialFailure(
        fromProto(proto.getCategory()),
        proto.getRetryable(),
        proto.getMessage(),
        proto.getDeviceSeconds());
  }

  public static TrialProto.TrialFailure.Category toProto(TrialFailure.Category category) {
    return switch (category) {
      case DIVERGED -> TrialProto.TrialFailure.Category.CATEGORY_DIVERGED;
      case OUT_OF_MEMORY -> TrialProto.TrialFailure.Category.CATEGORY_OUT_OF_MEMORY;
      case INVALID_PLAN -> TrialProto.TrialFailure.Category.CATEGORY_INVALID_PLAN;
      case ENGINE_CRASH -> TrialProto.TrialFailure.Category.CATEGORY_ENGINE_CRASH;
      case WORKER_LOST -> TrialProto.TrialFailure.Category.CATEGORY_WORKER_LOST;
      case TIMEOUT -> TrialProto.TrialFailure.Category.CATEGORY_TIMEOUT;
      case DATA -> TrialProto.TrialFailure.Category.CATEGORY_DATA;
      case PROGRAM -> TrialProto.TrialFailure.Category.CATEGORY_PROGRAM;
    };
  }

  public static TrialFailure.Category fromProto(TrialProto.TrialFailure.Category proto) {
    return switch (proto) {
      case CATEGORY_DIVERGED -> TrialFailure.Category.DIVERGED;
      case CATEGORY_OUT_OF_MEMORY -> TrialFailure.Category.OUT_OF_MEMORY;
      case CATEGORY_INVALID_PLAN -> TrialFailure.Category.INVALID_PLAN;
      case CATEGORY_ENGINE_CRASH -> TrialFailure.Category.ENGINE_CRASH;
      case CATEGORY_WORKER_LOST -> TrialFailure.Category.WORKER_LOST;
      case CATEGORY_TIMEOUT -> TrialFailure.Category.TIMEOUT;
      case CATEGORY_DATA -> TrialFailure.Category.DATA;
      case CATEGORY_PROGRAM -> TrialFailure.Category.PROGRAM;
      case CATEGORY_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("TrialFailure.category");
    };
  }
}
