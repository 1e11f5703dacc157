package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.AlphaRule;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Round.Descent;
import dev.archipelago.protocol.trial.Round.Net;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.protocol.trial.Round.Relaxation;
import dev.archipelago.protocol.trial.Round.Scoring;
import dev.archipelago.protocol.trial.Round.Weights;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.wire.proto.TrialProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rounds on shared weights and what they found, to protobuf and back. */
public final class RoundCodec {
  private RoundCodec() {}

  // --- Rounds

  public static TrialProto.Round toProto(Round round) {
    TrialProto.Round.Builder proto = TrialProto.Round.newBuilder().addAllReleased(round.released());
    write(round.net(), proto);
    write(round.weights(), proto);
    write(round.work(), proto);
    return proto.build();
  }

  public static Round fromProto(TrialProto.Round proto) {
    return new Round(net(proto), weights(proto), work(proto), proto.getReleasedList());
  }

  private static void write(Net net, TrialProto.Round.Builder proto) {
    if (net instanceof Net.Paths) {
      proto.setPaths(TrialProto.Round.Paths.getDefaultInstance());
    } else if (net instanceof Net.Relaxed relaxed) {
      proto.setRelaxed(
          TrialProto.Round.Relaxed.newBuilder().setChannelShare(relaxed.channelShare()));
    } else {
      throw new AssertionError("no protobuf form for " + net);
    }
  }

  private static Net net(TrialProto.Round proto) {
    return switch (proto.getNetCase()) {
      case PATHS -> new Net.Paths();
      case RELAXED -> new Net.Relaxed(proto.getRelaxed().getChannelShare());
      case NET_NOT_SET -> throw Fields.missing("Round.net");
    };
  }

  private static void write(Weights weights, TrialProto.Round.Builder proto) {
    if (weights instanceof Weights.Fresh fresh) {
      proto.setFresh(TrialProto.Round.Fresh.newBuilder().setSeed(fresh.seed()));
    } else if (weights instanceof Weights.Stored stored) {
      proto.setStored(TrialProto.Round.Stored.newBuilder().addAllBlobs(stored.blobs()));
    } else {
      throw new AssertionError("no protobuf form for " + weights);
    }
  }

  private static Weights weights(TrialProto.Round proto) {
    return switch (proto.getWeightsCase()) {
      case FRESH -> new Weights.Fresh(proto.getFresh().getSeed());
      case STORED -> new Weights.Stored(proto.getStored().getBlobsList());
      case WEIGHTS_NOT_SET -> throw Fields.missing("Round.weights");
    };
  }

  private static void write(Work work, TrialProto.Round.Builder proto) {
    if (work instanceof Work.TrainPaths train) {
      proto.setTrainPaths(
          TrialProto.Round.TrainPaths.newBuilder()
              .setPaths(toProto(train.paths()))
              .setDescent(toProto(train.descent())));
    } else if (work instanceof Work.ScorePaths score) {
      proto.setScorePaths(
          TrialProto.Round.ScorePaths.newBuilder()
              .setPaths(toProto(score.paths()))
              .setScoring(toProto(score.scoring())));
    } else if (work instanceof Work.Bilevel bilevel) {
      proto.setBilevel(
          TrialProto.Round.Bilevel.newBuilder()
              .setAlphas(toProto(bilevel.alphas()))
              .setSteps(bilevel.steps())
              .setDescent(toProto(bilevel.descent()))
              .setRule(toProto(bilevel.rule()))
              .setRelaxation(toProto(bilevel.relaxation()))
              .setOrder(toProto(bilevel.order()))
              .setCurvature(bilevel.curvature())
              .setScoring(toProto(bilevel.scoring())));
    } else {
      throw new AssertionError("no protobuf form for " + work);
    }
  }

  private static Work work(TrialProto.Round proto) {
    return switch (proto.getWorkCase()) {
      case TRAIN_PATHS -> {
        TrialProto.Round.TrainPaths train = proto.getTrainPaths();
        Fields.require(train.hasPaths(), "Round.TrainPaths.paths");
        Fields.require(train.hasDescent(), "Round.TrainPaths.descent");
        yield new Work.TrainPaths(fromProto(train.getPaths()), fromProto(train.getDescent()));
      }
      case SCORE_PATHS -> {
        TrialProto.Round.ScorePaths score = proto.getScorePaths();
        Fields.require(score.hasPaths(), "Round.ScorePaths.paths");
        Fields.require(score.hasScoring(), "Round.ScorePaths.scoring");
        yield new Work.ScorePaths(fromProto(score.getPaths()), fromProto(score.getScoring()));
      }
      case BILEVEL -> bilevel(proto.getBilevel());
      case WORK_NOT_SET -> throw Fields.missing("Round.work");
    };
  }

  private static Work.Bilevel bilevel(TrialProto.Round.Bilevel proto) {
    Fields.require(proto.hasAlphas(), "Round.Bilevel.alphas");
    Fields.require(proto.hasDescent(), "Round.Bilevel.descent");
    Fields.require(proto.hasRule(), "Round.Bilevel.rule");
    Fields.require(proto.hasRelaxation(), "Round.Bilevel.relaxation");
    Fields.require(proto.hasScoring(), "Round.Bilevel.scoring");
    return new Work.Bilevel(
        fromProto(proto.getAlphas()),
        proto.getSteps(),
        fromProto(proto.getDescent()),
        fromProto(proto.getRule()),
        fromProto(proto.getRelaxation()),
        fromProto(proto.getOrder()),
        proto.getCurvature(),
        fromProto(proto.getScoring()));
  }

  // --- What rounds are made of

  public static TrialProto.Round.PathList toProto(List<List<Integer>> paths) {
    TrialProto.Round.PathList.Builder proto = TrialProto.Round.PathList.newBuilder();
    paths.forEach(path -> proto.addAllOptions(path).addLengths(path.size()));
    return proto.build();
  }

  public static List<List<Integer>> fromProto(TrialProto.Round.PathList proto) {
    List<Integer> options = proto.getOptionsList();
    List<List<Integer>> paths = new ArrayList<>();
    int from = 0;
    for (int length : proto.getLengthsList()) {
      Fields.require(length >= 0 && length <= options.size() - from, "Round.PathList.lengths");
      paths.add(options.subList(from, from + length));
      from += length;
    }
    Fields.require(from == options.size(), "Round.PathList.lengths");
    return paths;
  }

  public static TrialProto.Round.Descent toProto(Descent descent) {
    return TrialProto.Round.Descent.newBuilder()
        .setLearningRate(descent.learningRate())
        .setLowest(descent.lowest())
        .setMomentum(descent.momentum())
        .setWeightDecay(descent.weightDecay())
        .setGradientClip(descent.gradientClip())
        .setFrom(descent.from())
        .setTotal(descent.total())
        .build();
  }

  public static Descent fromProto(TrialProto.Round.Descent proto) {
    return new Descent(
        proto.getLearningRate(),
        proto.getLowest(),
        proto.getMomentum(),
        proto.getWeightDecay(),
        proto.getGradientClip(),
        proto.getFrom(),
        proto.getTotal());
  }

  public static TrialProto.Round.Scoring toProto(Scoring scoring) {
    return TrialProto.Round.Scoring.newBuilder()
        .setBatches(scoring.batches())
        .setFirst(scoring.first())
        .setRecalibration(scoring.recalibration())
        .build();
  }

  public static Scoring fromProto(TrialProto.Round.Scoring proto) {
    return new Scoring(proto.getBatches(), proto.getFirst(), proto.getRecalibration());
  }

  public static TrialProto.Round.AlphaRule toProto(AlphaRule rule) {
    return TrialProto.Round.AlphaRule.newBuilder()
        .setLearningRate(rule.learningRate())
        .setBeta1(rule.beta1())
        .setBeta2(rule.beta2())
        .setWeightDecay(rule.weightDecay())
        .build();
  }

  public static AlphaRule fromProto(TrialProto.Round.AlphaRule proto) {
    return new AlphaRule(
        proto.getLearningRate(), proto.getBeta1(), proto.getBeta2(), proto.getWeightDecay());
  }

  public static TrialProto.Round.Relaxation toProto(Relaxation relaxation) {
    TrialProto.Round.Relaxation.Builder proto = TrialProto.Round.Relaxation.newBuilder();
    if (relaxation instanceof Relaxation.Softmax softmax) {
      proto.setSoftmax(softmax.temperature());
    } else if (relaxation instanceof Relaxation.Gumbel gumbel) {
      proto.setGumbel(gumbel.temperature());
    } else {
      throw new AssertionError("no protobuf form for " + relaxation);
    }
    return proto.build();
  }

  public static Relaxation fromProto(TrialProto.Round.Relaxation proto) {
    return switch (proto.getKindCase()) {
      case SOFTMAX -> new Relaxation.Softmax(proto.getSoftmax());
      case GUMBEL -> new Relaxation.Gumbel(proto.getGumbel());
      case KIND_NOT_SET -> throw Fields.missing("Round.Relaxation.kind");
    };
  }

  public static TrialProto.Round.Order toProto(Order order) {
    return switch (order) {
      case FIRST -> TrialProto.Round.Order.ORDER_FIRST;
      case SECOND -> TrialProto.Round.Order.ORDER_SECOND;
      case SECOND_BY_DIFFERENCES -> TrialProto.Round.Order.ORDER_SECOND_BY_DIFFERENCES;
    };
  }

  public static Order fromProto(TrialProto.Round.Order proto) {
    return switch (proto) {
      case ORDER_FIRST -> Order.FIRST;
      case ORDER_SECOND -> Order.SECOND;
      case ORDER_SECOND_BY_DIFFERENCES -> Order.SECOND_BY_DIFFERENCES;
      case ORDER_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("Round.Order");
    };
  }

  // --- What is learned and found

  public static TrialProto.Alphas toProto(Alphas alphas) {
    return TrialProto.Alphas.newBuilder()
        .setValues(PlanCodec.toProto(alphas.values()))
        .setFirst(PlanCodec.toProto(alphas.first()))
        .setSecond(PlanCodec.toProto(alphas.second()))
        .setUpdates(alphas.updates())
        .build();
  }

  public static Alphas fromProto(TrialProto.Alphas proto) {
    Fields.require(proto.hasValues(), "Alphas.values");
    Fields.require(proto.hasFirst(), "Alphas.first");
    Fields.require(proto.hasSecond(), "Alphas.second");
    return new Alphas(
        PlanCodec.fromProto(proto.getValues()),
        PlanCodec.fromProto(proto.getFirst()),
        PlanCodec.fromProto(proto.getSecond()),
        proto.getUpdates());
  }

  public static TrialProto.RoundReport toProto(RoundReport report) {
    TrialProto.RoundReport.Builder proto =
        TrialProto.RoundReport.newBuilder()
            .setTrainLossNats(report.trainLossNats())
            .setAlphaLossNats(report.alphaLossNats())
            .setCurvature(report.curvature());
    report.alphas().ifPresent(alphas -> proto.setAlphas(toProto(alphas)));
    report.scores().forEach(score -> proto.addScores(MeasurementCodec.toProto(score)));
    return proto.build();
  }

  public static RoundReport fromProto(TrialProto.RoundReport proto) {
    return new RoundReport(
        proto.hasAlphas() ? Optional.of(fromProto(proto.getAlphas())) : Optional.empty(),
        proto.getScoresList().stream().map(MeasurementCodec::fromProto).toList(),
        proto.getTrainLossNats(),
        proto.getAlphaLossNats(),
        proto.getCurvature());
  }
}
