package dev.archipelago.protocol.wire;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import dev.archipelago.protocol.wire.proto.WorkerProto;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The codecs of every {@link ToController} and {@link ToWorker}. */
public final class WorkerMessages implements WireCodecs {

  @Override
  public List<WireCodec<?>> codecs() {
    return List.of(
        WireCodec.of(
            "Hello/1",
            ToController.Hello.class,
            WorkerProto.Hello.parser(),
            WorkerMessages::hello,
            WorkerMessages::hello),
        WireCodec.of(
            "Pull/1",
            ToController.Pull.class,
            WorkerProto.Pull.parser(),
            WorkerMessages::pull,
            WorkerMessages::pull),
        WireCodec.of(
            "Heartbeat/1",
            ToController.Heartbeat.class,
            WorkerProto.Heartbeat.parser(),
            WorkerMessages::heartbeat,
            WorkerMessages::heartbeat),
        WireCodec.of(
            "Report/1",
            ToController.Report.class,
            WorkerProto.Report.parser(),
            WorkerMessages::report,
            WorkerMessages::report),
        WireCodec.of(
            "EngineCrashed/1",
            ToController.EngineCrashed.class,
            WorkerProto.EngineCrashed.parser(),
            WorkerMessages::engineCrashed,
            WorkerMessages::engineCrashed),
        WireCodec.of(
            "Goodbye/1",
            ToController.Goodbye.class,
            WorkerProto.Goodbye.parser(),
            WorkerMessages::goodbye,
            WorkerMessages::goodbye),
        WireCodec.of(
            "Welcome/1",
            ToWorker.Welcome.class,
            WorkerProto.Welcome.parser(),
            WorkerMessages::welcome,
            WorkerMessages::welcome),
        WireCodec.of(
            "Refused/1",
            ToWorker.Refused.class,
            WorkerProto.Refused.parser(),
            WorkerMessages::refused,
            WorkerMessages::refused),
        WireCodec.of(
            "SayHello/1",
            ToWorker.SayHello.class,
            WorkerProto.SayHello.parser(),
            message -> WorkerProto.SayHello.getDefaultInstance(),
            proto -> new ToWorker.SayHello()),
        WireCodec.of(
            "Assign/1",
            ToWorker.Assign.class,
            WorkerProto.Assign.parser(),
            WorkerMessages::assign,
            WorkerMessages::assign),
        WireCodec.of(
            "Cancel/1",
            ToWorker.Cancel.class,
            WorkerProto.Cancel.parser(),
            WorkerMessages::cancel,
            WorkerMessages::cancel),
        WireCodec.of(
            "Acknowledged/1",
            ToWorker.Acknowledged.class,
            WorkerProto.Acknowledged.parser(),
            WorkerMessages::acknowledged,
            WorkerMessages::acknowledged),
        WireCodec.of(
            "Busy/1",
            ToWorker.Busy.class,
            WorkerProto.Busy.parser(),
            WorkerMessages::busy,
            WorkerMessages::busy));
  }

  private static WorkerProto.Hello hello(ToController.Hello hello, ActorRefResolver refs) {
    return WorkerProto.Hello.newBuilder()
        .setWorker(WorkerCodec.toProto(hello.worker()))
        .setProtocolVersion(hello.protocolVersion())
        .setDescription(DeviceCodec.toProto(hello.description()))
        .addAllHeld(WorkerCodec.toProto(hello.held()))
        .setReplyTo(refs.toSerializationFormat(hello.replyTo()))
        .build();
  }

  private static ToController.Hello hello(WorkerProto.Hello proto, ActorRefResolver refs) {
    Fields.require(proto.hasWorker(), "Hello.worker");
    Fields.require(proto.hasDescription(), "Hello.description");
    return new ToController.Hello(
        WorkerCodec.fromProto(proto.getWorker()),
        proto.getProtocolVersion(),
        DeviceCodec.fromProto(proto.getDescription()),
        WorkerCodec.fromProto(proto.getHeldList()),
        replyTo(proto.getReplyTo(), refs));
  }

  private static WorkerProto.Pull pull(ToController.Pull pull) {
    return WorkerProto.Pull.newBuilder()
        .setWorker(WorkerCodec.toProto(pull.worker()))
        .setSlots(pull.slots())
        .build();
  }

  private static ToController.Pull pull(WorkerProto.Pull proto) {
    Fields.require(proto.hasWorker(), "Pull.worker");
    return new ToController.Pull(WorkerCodec.fromProto(proto.getWorker()), proto.getSlots());
  }

  private static WorkerProto.Heartbeat heartbeat(
      ToController.Heartbeat heartbeat, ActorRefResolver refs) {
    WorkerProto.Heartbeat.Builder proto =
        WorkerProto.Heartbeat.newBuilder()
            .setWorker(WorkerCodec.toProto(heartbeat.worker()))
            .addAllHeld(WorkerCodec.toProto(heartbeat.held()))
            .setReplyTo(refs.toSerializationFormat(heartbeat.replyTo()));
    heartbeat.progress().ifPresent(progress -> proto.setProgress(WorkerCodec.toProto(progress)));
    heartbeat.device().ifPresent(reading -> proto.setDevice(DeviceCodec.toProto(reading)));
    return proto.build();
  }

  private static ToController.Heartbeat heartbeat(
      WorkerProto.Heartbeat proto, ActorRefResolver refs) {
    Fields.require(proto.hasWorker(), "Heartbeat.worker");
    return new ToController.Heartbeat(
        WorkerCodec.fromProto(proto.getWorker()),
        WorkerCodec.fromProto(proto.getHeldList()),
        proto.hasProgress()
            ? Optional.of(WorkerCodec.fromProto(proto.getProgress()))
            : Optional.empty(),
        proto.hasDevice()
            ? Optional.of(DeviceCodec.fromProto(proto.getDevice()))
            : Optional.empty(),
        replyTo(proto.getReplyTo(), refs));
  }

  private static WorkerProto.Report report(ToController.Report report, ActorRefResolver refs) {
    return WorkerProto.Report.newBuilder()
        .setWorker(WorkerCodec.toProto(report.worker()))
        .setOutcome(OutcomeCodec.toProto(report.outcome()))
        .setReplyTo(refs.toSerializationFormat(report.replyTo()))
        .build();
  }

  private static ToController.Report report(WorkerProto.Report proto, ActorRefResolver refs) {
    Fields.require(proto.hasWorker(), "Report.worker");
    Fields.require(proto.hasOutcome(), "Report.outcome");
    return new ToController.Report(
        WorkerCodec.fromProto(proto.getWorker()),
        OutcomeCodec.fromProto(proto.getOutcome()),
        replyTo(proto.getReplyTo(), refs));
  }

  private static WorkerProto.EngineCrashed engineCrashed(
      ToController.EngineCrashed crashed, ActorRefResolver refs) {
    return WorkerProto.EngineCrashed.newBuilder()
        .setWorker(WorkerCodec.toProto(crashed.worker()))
        .setAttempt(WorkerCodec.toProto(crashed.attempt()))
        .setEvidence(crashed.evidence())
        .setReplyTo(refs.toSerializationFormat(crashed.replyTo()))
        .build();
  }

  private static ToController.EngineCrashed engineCrashed(
      WorkerProto.EngineCrashed proto, ActorRefResolver refs) {
    Fields.require(proto.hasWorker(), "EngineCrashed.worker");
    Fields.require(proto.hasAttempt(), "EngineCrashed.attempt");
    return new ToController.EngineCrashed(
        WorkerCodec.fromProto(proto.getWorker()),
        WorkerCodec.fromProto(proto.getAttempt()),
        proto.getEvidence(),
        replyTo(proto.getReplyTo(), refs));
  }

  private static WorkerProto.Goodbye goodbye(ToController.Goodbye goodbye) {
    return WorkerProto.Goodbye.newBuilder()
        .setWorker(WorkerCodec.toProto(goodbye.worker()))
        .setReason(goodbye.reason())
        .build();
  }

  private static ToController.Goodbye goodbye(WorkerProto.Goodbye proto) {
    Fields.require(proto.hasWorker(), "Goodbye.worker");
    return new ToController.Goodbye(WorkerCodec.fromProto(proto.getWorker()), proto.getReason());
  }

  private static WorkerProto.Welcome welcome(ToWorker.Welcome welcome) {
    return WorkerProto.Welcome.newBuilder()
        .setProtocolVersion(welcome.protocolVersion())
        .setHeartbeatNanos(welcome.heartbeat().toNanos())
        .build();
  }

  private static ToWorker.Welcome welcome(WorkerProto.Welcome proto) {
    Fields.require(proto.getHeartbeatNanos() > 0, "Welcome.heartbeat_nanos");
    return new ToWorker.Welcome(
        proto.getProtocolVersion(), Duration.ofNanos(proto.getHeartbeatNanos()));
  }

  private static WorkerProto.Refused refused(ToWorker.Refused refused) {
    return WorkerProto.Refused.newBuilder()
        .setProtocolVersion(refused.protocolVersion())
        .setReason(refused.reason())
        .build();
  }

  private static ToWorker.Refused refused(WorkerProto.Refused proto) {
    Fields.require(proto.getProtocolVersion() > 0, "Refused.protocol_version");
    return new ToWorker.Refused(proto.getProtocolVersion(), proto.getReason());
  }

  private static WorkerProto.Assign assign(ToWorker.Assign assign) {
    return WorkerProto.Assign.newBuilder()
        .setAssignment(TrialCodec.toProto(assign.assignment()))
        .build();
  }

  private static ToWorker.Assign assign(WorkerProto.Assign proto) {
    Fields.require(proto.hasAssignment(), "Assign.assignment");
    return new ToWorker.Assign(TrialCodec.fromProto(proto.getAssignment()));
  }

  private static WorkerProto.Cancel cancel(ToWorker.Cancel cancel) {
    return WorkerProto.Cancel.newBuilder()
        .setAttempt(WorkerCodec.toProto(cancel.attempt()))
        .build();
  }

  private static ToWorker.Cancel cancel(WorkerProto.Cancel proto) {
    Fields.require(proto.hasAttempt(), "Cancel.attempt");
    return new ToWorker.Cancel(WorkerCodec.fromProto(proto.getAttempt()));
  }

  private static WorkerProto.Acknowledged acknowledged(ToWorker.Acknowledged acknowledged) {
    return WorkerProto.Acknowledged.newBuilder()
        .setAttempt(WorkerCodec.toProto(acknowledged.attempt()))
        .build();
  }

  private static ToWorker.Acknowledged acknowledged(WorkerProto.Acknowledged proto) {
    Fields.require(proto.hasAttempt(), "Acknowledged.attempt");
    return new ToWorker.Acknowledged(WorkerCodec.fromProto(proto.getAttempt()));
  }

  private static WorkerProto.Busy busy(ToWorker.Busy busy) {
    return WorkerProto.Busy.newBuilder().setAttempt(WorkerCodec.toProto(busy.attempt())).build();
  }

  private static ToWorker.Busy busy(WorkerProto.Busy proto) {
    Fields.require(proto.hasAttempt(), "Busy.attempt");
    return new ToWorker.Busy(WorkerCodec.fromProto(proto.getAttempt()));
  }

  private static ActorRef<ToWorker> replyTo(String address, ActorRefResolver refs) {
    Fields.require(!address.isEmpty(), "reply_to");
    return refs.resolveActorRef(address);
  }
}
