package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Evaluation.Continuation;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.wire.proto.TrialProto;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a network is evaluated, to protobuf and back. */
final class EvaluationCodec {
  private EvaluationCodec() {}

  static TrialProto.Evaluation toProto(Evaluation evaluation) {
    TrialProto.Evaluation.Builder proto = TrialProto.Evaluation.newBuilder();
    if (evaluation instanceof Evaluation.Train train) {
      TrialProto.Evaluation.Train.Builder training =
          TrialProto.Evaluation.Train.newBuilder().setUntil(train.until());
      train
          .from()
          .ifPresent(from -> training.setCheckpoint(from.checkpoint()).setEpochs(from.epochs()));
      proto.setTrain(training);
    } else if (evaluation instanceof Evaluation.ZeroCost zeroCost) {
      proto.setZeroCost(
          TrialProto.Evaluation.ZeroCost.newBuilder().setProxy(toProto(zeroCost.proxy())));
    } else if (evaluation instanceof Evaluation.Lent lent) {
      proto.setLent(
          TrialProto.Evaluation.Lent.newBuilder()
              .setLender(lent.lender())
              .setValidation(MeasurementCodec.toProto(lent.validation())));
    } else if (evaluation instanceof Evaluation.Command command) {
      proto.setCommand(toProto(command));
    } else if (evaluation instanceof Evaluation.Lookup lookup) {
      proto.setLookup(
          TrialProto.Evaluation.Lookup.newBuilder()
              .setArchitecture(PlanCodec.toProto(lookup.architecture()))
              .setUntil(lookup.until()));
    } else if (evaluation instanceof Evaluation.Share share) {
      proto.setShare(
          TrialProto.Evaluation.Share.newBuilder()
              .addAllRows(share.rows().stream().map(PlanCodec::toProto).toList())
              .setRound(RoundCodec.toProto(share.round())));
    } else {
      throw new AssertionError("no form for " + evaluation);
    }
    return proto.build();
  }

  private static TrialProto.Evaluation.Command toProto(Evaluation.Command command) {
    TrialProto.Evaluation.Command.Builder proto =
        TrialProto.Evaluation.Command.newBuilder()
            .addAllCommand(command.command())
            .setTimeoutNanos(command.timeout().toNanos())
            .setUntil(command.until())
            .setConfiguration(command.configuration());
    command
        .architecture()
        .forEach((decision, label) -> proto.addDecisions(decision).addLabels(label));
    return proto.build();
  }

  static Evaluation fromProto(TrialProto.Evaluation proto) {
    return switch (proto.getKindCase()) {
      case TRAIN -> train(proto.getTrain());
      case ZERO_COST -> new Evaluation.ZeroCost(fromProto(proto.getZeroCost().getProxy()));
      case LENT -> {
        Fields.require(proto.getLent().hasValidation(), "Evaluation.Lent.validation");
        yield new Evaluation.Lent(
            proto.getLent().getLender(),
            MeasurementCodec.fromProto(proto.getLent().getValidation()));
      }
      case COMMAND -> command(proto.getCommand());
      case LOOKUP ->
          new Evaluation.Lookup(
              PlanCodec.fromProto(proto.getLookup().getArchitecture()),
              proto.getLookup().getUntil());
      case SHARE -> {
        Fields.require(proto.getShare().hasRound(), "Evaluation.Share.round");
        yield new Evaluation.Share(
            proto.getShare().getRowsList().stream().map(PlanCodec::fromProto).toList(),
            RoundCodec.fromProto(proto.getShare().getRound()));
      }
      case KIND_NOT_SET -> throw Fields.missing("Evaluation.kind");
    };
  }

  private static Evaluation.Train train(TrialProto.Evaluation.Train proto) {
    return new Evaluation.Train(
        proto.getUntil(),
        proto.getEpochs() == 0
            ? Optional.empty()
            : Optional.of(new Continuation(proto.getCheckpoint(), proto.getEpochs())));
  }

  private static Evaluation.Command command(TrialProto.Evaluation.Command proto) {
    Fields.require(
        proto.getDecisionsCount() == proto.getLabelsCount(), "Evaluation.Command.labels");
    Map<String, String> architecture = new LinkedHashMap<>();
    for (int i = 0; i < proto.getDecisionsCount(); i++) {
      architecture.put(proto.getDecisions(i), proto.getLabels(i));
    }
    return new Evaluation.Command(
        proto.getCommandList(),
        Duration.ofNanos(proto.getTimeoutNanos()),
        proto.getUntil(),
        proto.getConfiguration(),
        Collections.unmodifiableMap(architecture));
  }

  static TrialProto.Proxy toProto(Proxy proxy) {
    return switch (proxy) {
      case SYNFLOW -> TrialProto.Proxy.PROXY_SYNFLOW;
      case NASWOT -> TrialProto.Proxy.PROXY_NASWOT;
      case GRAD_NORM -> TrialProto.Proxy.PROXY_GRAD_NORM;
      case PARAMS -> TrialProto.Proxy.PROXY_PARAMS;
      case FLOPS -> TrialProto.Proxy.PROXY_FLOPS;
    };
  }

  static Proxy fromProto(TrialProto.Proxy proto) {
    return switch (proto) {
      case PROXY_SYNFLOW -> Proxy.SYNFLOW;
      case PROXY_NASWOT -> Proxy.NASWOT;
      case PROXY_GRAD_NORM -> Proxy.GRAD_NORM;
      case PROXY_PARAMS -> Proxy.PARAMS;
      case PROXY_FLOPS -> Proxy.FLOPS;
      case PROXY_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("Proxy");
    };
  }
}
