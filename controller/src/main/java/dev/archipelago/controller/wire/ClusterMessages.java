package dev.archipelago.controller.wire;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import com.google.protobuf.ByteString;
import dev.archipelago.controller.pool.PoolCommand;
import dev.archipelago.controller.search.Question;
import dev.archipelago.controller.search.SearchCommand;
import dev.archipelago.controller.search.SearchNews;
import dev.archipelago.controller.spec.Placement;
import dev.archipelago.controller.wire.proto.ClusterProto;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.wire.DeviceCodec;
import dev.archipelago.protocol.wire.Fields;
import dev.archipelago.protocol.wire.OutcomeCodec;
import dev.archipelago.protocol.wire.PlanCodec;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.TrialCodec;
import dev.archipelago.protocol.wire.WireCodec;
import dev.archipelago.protocol.wire.WireCodecs;
import dev.archipelago.protocol.wire.WireMessage;
import dev.archipelago.protocol.wire.WorkerCodec;
import dev.archipelago.protocol.wire.WorkerMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The codecs of {@link SearchCommand.FromOutside}, {@link SearchNews} and {@link PoolCommand}. */
public final class ClusterMessages implements WireCodecs {
  private static final List<WireCodec<?>> WORKER_CODECS = new WorkerMessages().codecs();

  @Override
  public List<WireCodec<?>> codecs() {
    List<WireCodec<?>> codecs = new ArrayList<>();
    codecs.addAll(toSearch());
    codecs.addAll(fromSearch());
    codecs.addAll(toPool());
    return codecs;
  }

  private static List<WireCodec<?>> toSearch() {
    return List.of(
        WireCodec.of(
            "Start/1",
            SearchCommand.Start.class,
            ClusterProto.Start.parser(),
            (start, refs) ->
                ClusterProto.Start.newBuilder()
                    .setId(start.id().value())
                    .setName(start.name())
                    .setSpec(start.spec())
                    .setTask(PlanCodec.toProto(start.task()))
                    .setReplyTo(refs.toSerializationFormat(start.replyTo()))
                    .build(),
            (proto, refs) ->
                new SearchCommand.Start(
                    new SearchId(proto.getId()),
                    proto.getName(),
                    proto.getSpec(),
                    PlanCodec.fromProto(proto.getTask()),
                    ref(proto.getReplyTo(), refs))),
        WireCodec.of(
            "Control/1",
            SearchCommand.Control.class,
            ClusterProto.Control.parser(),
            (control, refs) ->
                ClusterProto.Control.newBuilder()
                    .setAction(
                        ClusterProto.Control.Action.valueOf("ACTION_" + control.action().name()))
                    .setReplyTo(refs.toSerializationFormat(control.replyTo()))
                    .build(),
            (proto, refs) ->
                new SearchCommand.Control(
                    action(proto.getAction()), ref(proto.getReplyTo(), refs))),
        WireCodec.of(
            "Ask/1",
            SearchCommand.Ask.class,
            ClusterProto.Ask.parser(),
            ClusterMessages::ask,
            (proto, refs) -> new SearchCommand.Ask(question(proto), ref(proto.getReplyTo(), refs))),
        WireCodec.of(
            "RequestLease/1",
            SearchCommand.RequestLease.class,
            ClusterProto.RequestLease.parser(),
            (request, refs) ->
                ClusterProto.RequestLease.newBuilder()
                    .setWorker(WorkerCodec.toProto(request.worker()))
                    .addAllCapabilities(
                        request.capabilities().stream().map(DeviceCodec::toProto).toList())
                    .setReplyTo(refs.toSerializationFormat(request.replyTo()))
                    .build(),
            (proto, refs) ->
                new SearchCommand.RequestLease(
                    WorkerCodec.fromProto(proto.getWorker()),
                    proto.getCapabilitiesList().stream()
                        .flatMap(DeviceCodec::fromProto)
                        .collect(Collectors.toSet()),
                    ref(proto.getReplyTo(), refs))),
        WireCodec.of(
            "RenewLeases/1",
            SearchCommand.RenewLeases.class,
            ClusterProto.RenewLeases.parser(),
            (renew, refs) ->
                ClusterProto.RenewLeases.newBuilder()
                    .setWorker(WorkerCodec.toProto(renew.worker()))
                    .addAllHeld(renew.held().stream().map(WorkerCodec::toProto).toList())
                    .setPool(refs.toSerializationFormat(renew.pool()))
                    .build(),
            (proto, refs) ->
                new SearchCommand.RenewLeases(
                    WorkerCodec.fromProto(proto.getWorker()),
                    proto.getHeldList().stream().map(WorkerCodec::fromProto).toList(),
                    ref(proto.getPool(), refs))),
        WireCodec.of(
            "WorkerGone/1",
            SearchCommand.WorkerGone.class,
            ClusterProto.WorkerGone.parser(),
            gone ->
                ClusterProto.WorkerGone.newBuilder()
                    .setWorker(WorkerCodec.toProto(gone.worker()))
                    .build(),
            proto -> new SearchCommand.WorkerGone(WorkerCodec.fromProto(proto.getWorker()))),
        WireCodec.of(
            "Reported/1",
            SearchCommand.Reported.class,
            ClusterProto.Reported.parser(),
            (reported, refs) ->
                ClusterProto.Reported.newBuilder()
                    .setWorker(WorkerCodec.toProto(reported.worker()))
                    .setOutcome(OutcomeCodec.toProto(reported.outcome()))
                    .setReplyTo(refs.toSerializationFormat(reported.replyTo()))
                    .build(),
            (proto, refs) ->
                new SearchCommand.Reported(
                    WorkerCodec.fromProto(proto.getWorker()),
                    OutcomeCodec.fromProto(proto.getOutcome()),
                    ref(proto.getReplyTo(), refs))),
        WireCodec.of(
            "CrashedAttempt/1",
            SearchCommand.Crashed.class,
            ClusterProto.CrashedAttempt.parser(),
            (crashed, refs) ->
                ClusterProto.CrashedAttempt.newBuilder()
                    .setWorker(WorkerCodec.toProto(crashed.worker()))
                    .setAttempt(WorkerCodec.toProto(crashed.attempt()))
                    .setEvidence(crashed.evidence())
                    .setReplyTo(refs.toSerializationFormat(crashed.replyTo()))
                    .build(),
            (proto, refs) ->
                new SearchCommand.Crashed(
                    WorkerCodec.fromProto(proto.getWorker()),
                    WorkerCodec.fromProto(proto.getAttempt()),
                    proto.getEvidence(),
                    ref(proto.getReplyTo(), refs))),
        WireCodec.of(
            "NoWorkerFits/1",
            SearchCommand.NoWorkerFits.class,
            ClusterProto.NoWorkerFits.parser(),
            none -> ClusterProto.NoWorkerFits.newBuilder().setWhy(none.why()).build(),
            proto -> new SearchCommand.NoWorkerFits(proto.getWhy())),
        WireCodec.of(
            "Wake/1",
            SearchCommand.Wake.class,
            ClusterProto.Wake.parser(),
            (wake, refs) ->
                ClusterProto.Wake.newBuilder()
                    .setPool(refs.toSerializationFormat(wake.pool()))
                    .build(),
            (proto, refs) -> new SearchCommand.Wake(ref(proto.getPool(), refs))));
  }

  private static List<WireCodec<?>> fromSearch() {
    return List.of(
        WireCodec.of(
            "Answer/1",
            SearchCommand.Answer.class,
            ClusterProto.Answer.parser(),
            answer ->
                ClusterProto.Answer.newBuilder()
                    .setStatus(answer.status())
                    .setJson(answer.json())
                    .build(),
            proto -> new SearchCommand.Answer(proto.getStatus(), proto.getJson())),
        WireCodec.of(
            "Granted/1",
            SearchNews.Granted.class,
            ClusterProto.Granted.parser(),
            granted ->
                ClusterProto.Granted.newBuilder()
                    .setWorker(WorkerCodec.toProto(granted.worker()))
                    .setAssignment(TrialCodec.toProto(granted.assignment()))
                    .build(),
            proto ->
                new SearchNews.Granted(
                    WorkerCodec.fromProto(proto.getWorker()),
                    TrialCodec.fromProto(proto.getAssignment()))),
        WireCodec.of(
            "NoWork/1",
            SearchNews.NoWork.class,
            ClusterProto.NoWork.parser(),
            none ->
                ClusterProto.NoWork.newBuilder()
                    .setSearch(none.search().value())
                    .setWorker(WorkerCodec.toProto(none.worker()))
                    .setWhy(none.why())
                    .build(),
            proto ->
                new SearchNews.NoWork(
                    new SearchId(proto.getSearch()),
                    WorkerCodec.fromProto(proto.getWorker()),
                    proto.getWhy())),
        WireCodec.of(
            "Offer/1",
            SearchNews.Offer.class,
            ClusterProto.Offer.parser(),
            ClusterMessages::offer,
            ClusterMessages::offer),
        WireCodec.of(
            "Unfit/1",
            SearchNews.Unfit.class,
            ClusterProto.Unfit.parser(),
            unfit ->
                ClusterProto.Unfit.newBuilder()
                    .setSearch(unfit.search().value())
                    .setWorker(WorkerCodec.toProto(unfit.worker()))
                    .setWhy(unfit.why())
                    .build(),
            proto ->
                new SearchNews.Unfit(
                    new SearchId(proto.getSearch()),
                    WorkerCodec.fromProto(proto.getWorker()),
                    proto.getWhy())),
        WireCodec.of(
            "CancelAttempt/1",
            SearchNews.CancelAttempt.class,
            ClusterProto.CancelAttempt.parser(),
            cancel ->
                ClusterProto.CancelAttempt.newBuilder()
                    .setWorker(WorkerCodec.toProto(cancel.worker()))
                    .setAttempt(WorkerCodec.toProto(cancel.attempt()))
                    .build(),
            proto ->
                new SearchNews.CancelAttempt(
                    WorkerCodec.fromProto(proto.getWorker()),
                    WorkerCodec.fromProto(proto.getAttempt()))));
  }

  private static List<WireCodec<?>> toPool() {
    return List.of(
        WireCodec.of(
            "FromWorker/1",
            PoolCommand.FromWorker.class,
            ClusterProto.FromWorker.parser(),
            ClusterMessages::fromWorker,
            ClusterMessages::fromWorker),
        WireCodec.of(
            "GetWorkers/1",
            PoolCommand.GetWorkers.class,
            ClusterProto.GetWorkers.parser(),
            (get, refs) ->
                ClusterProto.GetWorkers.newBuilder()
                    .setReplyTo(refs.toSerializationFormat(get.replyTo()))
                    .build(),
            (proto, refs) -> new PoolCommand.GetWorkers(ref(proto.getReplyTo(), refs))),
        WireCodec.of(
            "WorkerExited/1",
            PoolCommand.WorkerExited.class,
            ClusterProto.WorkerExited.parser(),
            exited -> ClusterProto.WorkerExited.newBuilder().setName(exited.name()).build(),
            proto -> new PoolCommand.WorkerExited(proto.getName())),
        WireCodec.of(
            "Discover/1",
            PoolCommand.Discover.class,
            ClusterProto.Discover.parser(),
            discover ->
                ClusterProto.Discover.newBuilder().setSearch(discover.search().value()).build(),
            proto -> new PoolCommand.Discover(new SearchId(proto.getSearch()))));
  }

  private static ClusterProto.Offer offer(SearchNews.Offer offer) {
    Placement placement = offer.placement();
    ClusterProto.Placement.Builder proto =
        ClusterProto.Placement.newBuilder().setMemoryBytes(placement.memoryBytes());
    placement.device().ifPresent(kind -> proto.setDevice(kind.label()));
    placement.deviceName().ifPresent(proto::setDeviceName);
    placement.engine().ifPresent(proto::setEngine);
    return ClusterProto.Offer.newBuilder()
        .setSearch(offer.search().value())
        .setHasWork(offer.hasWork())
        .setRunning(offer.running())
        .setOver(offer.over())
        .setPlacement(proto)
        .build();
  }

  private static SearchNews.Offer offer(ClusterProto.Offer proto) {
    ClusterProto.Placement placement = proto.getPlacement();
    return new SearchNews.Offer(
        new SearchId(proto.getSearch()),
        proto.getHasWork(),
        proto.getRunning(),
        proto.getOver(),
        new Placement(
            given(placement.getDevice())
                .map(
                    label ->
                        DeviceKind.labelled(label)
                            .orElseThrow(() -> Fields.missing("Placement.device"))),
            given(placement.getDeviceName()),
            placement.getMemoryBytes(),
            given(placement.getEngine())));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(some -> !some.isEmpty());
  }

  private static ClusterProto.Ask ask(SearchCommand.Ask ask, ActorRefResolver refs) {
    ClusterProto.Ask.Builder proto =
        ClusterProto.Ask.newBuilder().setReplyTo(refs.toSerializationFormat(ask.replyTo()));
    ClusterProto.Ask.Empty empty = ClusterProto.Ask.Empty.getDefaultInstance();
    if (ask.question() instanceof Question.Trials trials) {
      proto.setTrials(
          ClusterProto.Ask.Trials.newBuilder()
              .setArm(trials.arm())
              .setStage(trials.stage())
              .setState(trials.state())
              .setOffset(trials.offset())
              .setLimit(trials.limit()));
    } else if (ask.question() instanceof Question.Best) {
      proto.setBest(empty);
    } else if (ask.question() instanceof Question.Spec) {
      proto.setSpec(empty);
    } else {
      proto.setStatus(empty);
    }
    return proto.build();
  }

  private static Question question(ClusterProto.Ask proto) {
    return switch (proto.getQuestionCase()) {
      case STATUS -> new Question.Status();
      case BEST -> new Question.Best();
      case SPEC -> new Question.Spec();
      case TRIALS ->
          new Question.Trials(
              proto.getTrials().getArm(),
              proto.getTrials().getStage(),
              proto.getTrials().getState(),
              proto.getTrials().getOffset(),
              proto.getTrials().getLimit());
      case QUESTION_NOT_SET -> throw Fields.missing("Ask.question");
    };
  }

  private static SearchCommand.Action action(ClusterProto.Control.Action proto) {
    return switch (proto) {
      case ACTION_PAUSE -> SearchCommand.Action.PAUSE;
      case ACTION_RESUME -> SearchCommand.Action.RESUME;
      case ACTION_CANCEL -> SearchCommand.Action.CANCEL;
      case ACTION_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("Control.action");
    };
  }

  private static ClusterProto.FromWorker fromWorker(
      PoolCommand.FromWorker command, ActorRefResolver refs) {
    for (WireCodec<?> codec : WORKER_CODECS) {
      if (codec.type().isInstance(command.message())) {
        return ClusterProto.FromWorker.newBuilder()
            .setManifest(codec.manifest())
            .setPayload(ByteString.copyFrom(encode(codec, command.message(), refs)))
            .build();
      }
    }
    throw new IllegalArgumentException("no codec writes " + command.message().getClass());
  }

  private static <T extends WireMessage> byte[] encode(
      WireCodec<T> codec, ToController message, ActorRefResolver refs) {
    return codec.encode(codec.type().cast(message), refs);
  }

  private static PoolCommand.FromWorker fromWorker(
      ClusterProto.FromWorker proto, ActorRefResolver refs) {
    for (WireCodec<?> codec : WORKER_CODECS) {
      if (codec.manifest().equals(proto.getManifest())
          && codec.decode(proto.getPayload().toByteArray(), refs) instanceof ToController message) {
        return new PoolCommand.FromWorker(message);
      }
    }
    throw Fields.missing("FromWorker.manifest");
  }

  private static <T> ActorRef<T> ref(String address, ActorRefResolver refs) {
    Fields.require(!address.isEmpty(), "actor reference");
    return refs.resolveActorRef(address);
  }
}
