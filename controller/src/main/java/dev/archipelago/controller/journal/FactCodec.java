package dev.archipelago.controller.journal;

import dev.archipelago.controller.journal.proto.JournalProto;
import dev.archipelago.controller.search.Comparison;
import dev.archipelago.controller.search.Fact;
import dev.archipelago.controller.search.Lineage;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.wire.Fields;
import dev.archipelago.protocol.wire.MeasurementCodec;
import dev.archipelago.protocol.wire.OutcomeCodec;
import dev.archipelago.protocol.wire.PlanCodec;
import dev.archipelago.protocol.wire.RoundCodec;
import dev.archipelago.protocol.wire.TrialCodec;
import dev.archipelago.protocol.wire.WorkerCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** A fact, to protobuf and back. */
final class FactCodec {
  private FactCodec() {}

  static JournalProto.Fact toProto(Fact fact) {
    JournalProto.Fact.Builder proto = JournalProto.Fact.newBuilder();
    if (fact instanceof Fact.Started started) {
      proto.setStarted(
          JournalProto.Fact.Started.newBuilder()
              .setId(started.id().value())
              .setName(started.name())
              .setSpec(started.spec())
              .setTask(PlanCodec.toProto(started.task()))
              .setAtMillis(started.at().toEpochMilli()));
    } else if (fact instanceof Fact.Proposed proposed) {
      JournalProto.Fact.Proposed.Builder begun =
          JournalProto.Fact.Proposed.newBuilder()
              .setNumber(proposed.number())
              .setArm(TrialCodec.toProto(proposed.arm()))
              .setStage(TrialCodec.toProto(proposed.stage()))
              .setArchitecture(PlanCodec.toProto(proposed.architecture()))
              .setLineage(toProto(proposed.lineage()))
              .setExhausted(proposed.exhausted())
              .setTold(proposed.told())
              .setWorker(WorkerCodec.toProto(proposed.worker()));
      proposed.round().ifPresent(round -> begun.setRound(RoundCodec.toProto(round)));
      proto.setProposed(begun);
    } else if (fact instanceof Fact.Rejected rejected) {
      proto.setRejected(
          JournalProto.Fact.Rejected.newBuilder()
              .setNumber(rejected.number())
              .setArm(TrialCodec.toProto(rejected.arm()))
              .setArchitecture(PlanCodec.toProto(rejected.architecture()))
              .setTold(rejected.told())
              .setReason(rejected.reason()));
    } else if (fact instanceof Fact.Leased leased) {
      proto.setLeased(
          JournalProto.Fact.Leased.newBuilder()
              .setNumber(leased.number())
              .setAttempt(leased.attempt())
              .setWorker(WorkerCodec.toProto(leased.worker())));
    } else if (fact instanceof Fact.LeaseLost lost) {
      proto.setLeaseLost(
          JournalProto.Fact.LeaseLost.newBuilder()
              .setNumber(lost.number())
              .setAttempt(lost.attempt())
              .setCause(toProto(lost.cause())));
    } else if (fact instanceof Fact.Crashed crashed) {
      proto.setCrashed(
          JournalProto.Fact.Crashed.newBuilder()
              .setNumber(crashed.number())
              .setAttempt(crashed.attempt())
              .setEvidence(crashed.evidence()));
    } else if (fact instanceof Fact.Completed completed) {
      proto.setCompleted(
          JournalProto.Fact.Completed.newBuilder()
              .setNumber(completed.number())
              .setAttempt(completed.attempt())
              .setMeasurement(MeasurementCodec.toProto(completed.measurement())));
    } else if (fact instanceof Fact.Failed failed) {
      proto.setFailed(
          JournalProto.Fact.Failed.newBuilder()
              .setNumber(failed.number())
              .setAttempt(failed.attempt())
              .setFailure(OutcomeCodec.toProto(failed.failure())));
    } else if (fact instanceof Fact.TestRead read) {
      proto.setTestRead(
          JournalProto.Fact.TestRead.newBuilder()
              .setNumber(read.number())
              .setAttempt(read.attempt()));
    } else if (fact instanceof Fact.StageEnded ended) {
      proto.setStageEnded(
          JournalProto.Fact.StageEnded.newBuilder()
              .setStage(TrialCodec.toProto(ended.stage()))
              .setReason(ended.reason()));
    } else if (fact instanceof Fact.Paused) {
      proto.setPaused(JournalProto.Fact.Paused.getDefaultInstance());
    } else if (fact instanceof Fact.Resumed) {
      proto.setResumed(JournalProto.Fact.Resumed.getDefaultInstance());
    } else if (fact instanceof Fact.Cancelled) {
      proto.setCancelled(JournalProto.Fact.Cancelled.getDefaultInstance());
    } else if (fact instanceof Fact.Finished finished) {
      JournalProto.Fact.Finished.Builder end = JournalProto.Fact.Finished.newBuilder();
      finished.comparison().ifPresent(comparison -> end.setComparison(toProto(comparison)));
      finished.references().forEach((name, found) -> end.addReferences(toProto(name, found)));
      proto.setFinished(end);
    } else if (fact instanceof Fact.Broken broken) {
      proto.setBroken(JournalProto.Fact.Broken.newBuilder().setReason(broken.reason()));
    } else {
      throw new AssertionError("no such fact: " + fact);
    }
    return proto.build();
  }

  static Fact fromProto(JournalProto.Fact proto) {
    return switch (proto.getFactCase()) {
      case STARTED -> {
        JournalProto.Fact.Started started = proto.getStarted();
        yield new Fact.Started(
            new SearchId(started.getId()),
            started.getName(),
            started.getSpec(),
            PlanCodec.fromProto(started.getTask()),
            Instant.ofEpochMilli(started.getAtMillis()));
      }
      case PROPOSED -> {
        JournalProto.Fact.Proposed proposed = proto.getProposed();
        yield new Fact.Proposed(
            proposed.getNumber(),
            TrialCodec.fromProto(proposed.getArm()),
            TrialCodec.fromProto(proposed.getStage()),
            PlanCodec.fromProto(proposed.getArchitecture()),
            proposed.hasRound()
                ? Optional.of(RoundCodec.fromProto(proposed.getRound()))
                : Optional.empty(),
            fromProto(proposed.getLineage()),
            proposed.getExhausted(),
            proposed.getTold(),
            WorkerCodec.fromProto(proposed.getWorker()));
      }
      case REJECTED -> {
        JournalProto.Fact.Rejected rejected = proto.getRejected();
        yield new Fact.Rejected(
            rejected.getNumber(),
            TrialCodec.fromProto(rejected.getArm()),
            PlanCodec.fromProto(rejected.getArchitecture()),
            rejected.getTold(),
            rejected.getReason());
      }
      case LEASED ->
          new Fact.Leased(
              proto.getLeased().getNumber(),
              proto.getLeased().getAttempt(),
              WorkerCodec.fromProto(proto.getLeased().getWorker()));
      case LEASE_LOST ->
          new Fact.LeaseLost(
              proto.getLeaseLost().getNumber(),
              proto.getLeaseLost().getAttempt(),
              fromProto(proto.getLeaseLost().getCause()));
      case CRASHED ->
          new Fact.Crashed(
              proto.getCrashed().getNumber(),
              proto.getCrashed().getAttempt(),
              proto.getCrashed().getEvidence());
      case COMPLETED ->
          new Fact.Completed(
              proto.getCompleted().getNumber(),
              proto.getCompleted().getAttempt(),
              MeasurementCodec.fromProto(proto.getCompleted().getMeasurement()));
      case FAILED ->
          new Fact.Failed(
              proto.getFailed().getNumber(),
              proto.getFailed().getAttempt(),
              OutcomeCodec.fromProto(proto.getFailed().getFailure()));
      case TEST_READ ->
          new Fact.TestRead(proto.getTestRead().getNumber(), proto.getTestRead().getAttempt());
      case STAGE_ENDED ->
          new Fact.StageEnded(
              TrialCodec.fromProto(proto.getStageEnded().getStage()),
              proto.getStageEnded().getReason());
      case PAUSED -> new Fact.Paused();
      case RESUMED -> new Fact.Resumed();
      case CANCELLED -> new Fact.Cancelled();
      case FINISHED ->
          new Fact.Finished(
              proto.getFinished().hasComparison()
                  ? Optional.of(fromProto(proto.getFinished().getComparison()))
                  : Optional.empty(),
              references(proto.getFinished().getReferencesList()));
      case BROKEN -> new Fact.Broken(proto.getBroken().getReason());
      case FACT_NOT_SET -> throw Fields.missing("Fact");
    };
  }

  static JournalProto.Comparison toProto(Comparison comparison) {
    return JournalProto.Comparison.newBuilder()
        .setDifference(comparison.difference())
        .setLow(comparison.low())
        .setHigh(comparison.high())
        .build();
  }

  static Comparison fromProto(JournalProto.Comparison proto) {
    return new Comparison(proto.getDifference(), proto.getLow(), proto.getHigh());
  }

  static JournalProto.Reference toProto(String name, Comparison comparison) {
    return JournalProto.Reference.newBuilder()
        .setName(name)
        .setComparison(toProto(comparison))
        .build();
  }

  static PSortedMap<String, Comparison> references(List<JournalProto.Reference> protos) {
    PSortedMap<String, Comparison> references = TreePMap.empty();
    for (JournalProto.Reference proto : protos) {
      references = references.plus(proto.getName(), fromProto(proto.getComparison()));
    }
    return references;
  }

  static JournalProto.Lineage toProto(Lineage lineage) {
    JournalProto.Lineage.Builder proto = JournalProto.Lineage.newBuilder().setRung(lineage.rung());
    lineage.parent().ifPresent(proto::setParent);
    lineage.lender().ifPresent(proto::setLender);
    lineage.donor().ifPresent(proto::setDonor);
    return proto.build();
  }

  /** Trials of the first release have none: they were all trained from fresh weights. */
  static Lineage fromProto(JournalProto.Lineage proto) {
    return new Lineage(
        proto.getRung(),
        proto.hasParent() ? OptionalInt.of(proto.getParent()) : OptionalInt.empty(),
        proto.hasLender() ? OptionalInt.of(proto.getLender()) : OptionalInt.empty(),
        proto.hasDonor() ? OptionalInt.of(proto.getDonor()) : OptionalInt.empty());
  }

  private static JournalProto.LossCause toProto(Fact.LossCause cause) {
    return switch (cause) {
      case EXPIRED -> JournalProto.LossCause.LOSS_CAUSE_EXPIRED;
      case WORKER_GONE -> JournalProto.LossCause.LOSS_CAUSE_WORKER_GONE;
      case ENGINE_CRASH -> JournalProto.LossCause.LOSS_CAUSE_ENGINE_CRASH;
      case RETRY -> JournalProto.LossCause.LOSS_CAUSE_RETRY;
      case CONTROLLER_ENDED -> JournalProto.LossCause.LOSS_CAUSE_CONTROLLER_ENDED;
    };
  }

  private static Fact.LossCause fromProto(JournalProto.LossCause proto) {
    return switch (proto) {
      case LOSS_CAUSE_EXPIRED -> Fact.LossCause.EXPIRED;
      case LOSS_CAUSE_WORKER_GONE -> Fact.LossCause.WORKER_GONE;
      case LOSS_CAUSE_ENGINE_CRASH -> Fact.LossCause.ENGINE_CRASH;
      case LOSS_CAUSE_RETRY -> Fact.LossCause.RETRY;
      case LOSS_CAUSE_CONTROLLER_ENDED -> Fact.LossCause.CONTROLLER_ENDED;
      case LOSS_CAUSE_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("LossCause");
    };
  }
}
