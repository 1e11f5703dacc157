package dev.archipelago.worker.agent;

import akka.actor.typed.ActorRef;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.Fields;
import dev.archipelago.protocol.wire.OutcomeCodec;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToWorker;
import dev.archipelago.protocol.wire.WorkerCodec;
import dev.archipelago.protocol.wire.proto.DiskProto;

/** What a controller must get to know about an attempt: kept and sent until it is acknowledged. */
sealed interface Letter {

  Attempt attempt();

  /** As it goes over the wire. */
  ToController from(WorkerId worker, ActorRef<ToWorker> replyTo);

  DiskProto.Letter toProto();

  /** The attempt ended. */
  record Ended(Outcome outcome) implements Letter {
    @Override
    public Attempt attempt() {
      return new Attempt(outcome.trial(), outcome.attempt());
    }

    @Override
    public ToController from(WorkerId worker, ActorRef<ToWorker> replyTo) {
      return new ToController.Report(worker, outcome, replyTo);
    }

    @Override
    public DiskProto.Letter toProto() {
      return DiskProto.Letter.newBuilder().setOutcome(OutcomeCodec.toProto(outcome)).build();
    }
  }

  /** The engine killed an earlier process during the attempt. */
  record Crashed(Attempt attempt, String evidence) implements Letter {
    @Override
    public ToController from(WorkerId worker, ActorRef<ToWorker> replyTo) {
      return new ToController.EngineCrashed(worker, attempt, evidence, replyTo);
    }

    @Override
    public DiskProto.Letter toProto() {
      return DiskProto.Letter.newBuilder()
          .setCrash(
              DiskProto.Letter.Crash.newBuilder()
                  .setAttempt(WorkerCodec.toProto(attempt))
                  .setEvidence(evidence))
          .build();
    }
  }

  /**
   * @throws IllegalArgumentException if a field is missing or unknown
   */
  static Letter fromProto(DiskProto.Letter proto) {
    return switch (proto.getContentCase()) {
      case OUTCOME -> new Ended(OutcomeCodec.fromProto(proto.getOutcome()));
      case CRASH -> {
        DiskProto.Letter.Crash crash = proto.getCrash();
        Fields.require(crash.hasAttempt(), "Letter.Crash.attempt");
        yield new Crashed(WorkerCodec.fromProto(crash.getAttempt()), crash.getEvidence());
      }
      case CONTENT_NOT_SET -> throw Fields.missing("Letter.content");
    };
  }
}
