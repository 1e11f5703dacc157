package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.protocol.wire.proto.WorkerProto;
import java.util.List;

/** What messages between worker and controller are made of, to protobuf and back. */
public final class WorkerCodec {
  private WorkerCodec() {}

  public static WorkerProto.WorkerId toProto(WorkerId worker) {
    return WorkerProto.WorkerId.newBuilder()
        .setName(worker.name())
        .setIncarnation(worker.incarnation())
        .build();
  }

  public static WorkerId fromProto(WorkerProto.WorkerId proto) {
    return new WorkerId(proto.getName(), proto.getIncarnation());
  }

  public static WorkerProto.Attempt toProto(Attempt attempt) {
    return WorkerProto.Attempt.newBuilder()
        .setTrial(TrialCodec.toProto(attempt.trial()))
        .setNumber(attempt.number())
        .build();
  }

  public static Attempt fromProto(WorkerProto.Attempt proto) {
    Fields.require(proto.hasTrial(), "Attempt.trial");
    return new Attempt(TrialCodec.fromProto(proto.getTrial()), proto.getNumber());
  }

  static List<WorkerProto.Attempt> toProto(List<Attempt> attempts) {
    return attempts.stream().map(WorkerCodec::toProto).toList();
  }

  static List<Attempt> fromProto(List<WorkerProto.Attempt> protos) {
    return protos.stream().map(WorkerCodec::fromProto).toList();
  }

  public static WorkerProto.Progress toProto(Progress progress) {
    return WorkerProto.Progress.newBuilder()
        .setAttempt(toProto(progress.attempt()))
        .setPhase(progress.phase())
        .setEpoch(progress.epoch())
        .setEpochs(progress.epochs())
        .setImagesPerSecond(progress.imagesPerSecond())
        .setLossNats(progress.lossNats())
        .build();
  }

  public static Progress fromProto(WorkerProto.Progress proto) {
    Fields.require(proto.hasAttempt(), "Progress.attempt");
    return new Progress(
        fromProto(proto.getAttempt()),
        proto.getPhase(),
        proto.getEpoch(),
        proto.getEpochs(),
        proto.getImagesPerSecond(),
        proto.getLossNats());
  }
}
