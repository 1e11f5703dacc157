package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.Start;
import dev.archipelago.protocol.wire.proto.TrialProto;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** How a network is evaluated, to protobuf and back. */
final class EvaluationCodec {
  private EvaluationCodec() {}

  static TrialProto.Evaluation toProto(Evaluation evaluation) {
    TrialProto.Evaluation.Builder proto = TrialProto.Evaluation.newBuilder();
    if (evaluation instanceof Evaluation.Train train) {
      proto.setTrain(toProto(train));
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

  private static TrialProto.Evaluation.Train toProto(Evaluation.Train train) {
    TrialProto.Evaluation.Train.Builder proto =
        TrialProto.Evaluation.Train.newBuilder()
            .setUntil(train.until())
            .setHeirs(train.heirs().orElse(0));
    if (train.start() instanceof Start.Continuation from) {
      proto.setCheckpoint(from.checkpoint()).setEpochs(from.epochs());
    } else if (train.start() instanceof Start.Inheritance from) {
      proto.setCheckpoint(from.checkpoint()).setEpochs(from.epochs()).setInherited(true);
    } else if (train.start() instanceof Start.Growth from) {
      proto
          .setCheckpoint(from.checkpoint())
          .setGrowth(
              TrialProto.Evaluation.Growth.newBuilder()
                  .setPackedParent(PackedPlan.toBytes(from.parent()))
                  .setNoise(from.noise()));
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
        start(proto),
        proto.getHeirs() == 0 ? OptionalInt.empty() : OptionalInt.of(proto.getHeirs()));
  }

  private static Start start(TrialProto.Evaluation.Train proto) {
    if (proto.getCheckpoint().isEmpty()) {
      return new Start.Fresh();
    }
    return switch (proto.getDonorCase()) {
      case INHERITED -> new Start.Inheritance(proto.getCheckpoint(), proto.getEpochs());
      case GROWTH ->
          new Start.Growth(
              proto.getCheckpoint(),
              PackedPlan.fromBytes(proto.getGrowth().getPackedParent()),
              proto.getGrowth().getNoise());
      case DONOR_NOT_SET -> new Start.Continuation(proto.getCheckpoint(), proto.getEpochs());
    };
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
