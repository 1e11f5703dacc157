package dev.archipelago.protocol.wire;

import com.google.protobuf.ByteString;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Latency;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.TestScore;
import dev.archipelago.protocol.wire.proto.TrialProto;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a worker measured, to protobuf and back. */
public final class MeasurementCodec {
  private MeasurementCodec() {}

  public static TrialProto.Score toProto(Score score) {
    return TrialProto.Score.newBuilder()
        .setAccuracy(score.accuracy())
        .setLossNats(score.lossNats())
        .setExamples(score.examples())
        .build();
  }

  public static Score fromProto(TrialProto.Score proto) {
    return new Score(proto.getAccuracy(), proto.getLossNats(), proto.getExamples());
  }

  public static TrialProto.TestScore toProto(TestScore test) {
    return TrialProto.TestScore.newBuilder()
        .setScore(toProto(test.score()))
        .setCorrect(ByteString.copyFrom(test.correct().toByteArray()))
        .build();
  }

  public static TestScore fromProto(TrialProto.TestScore proto) {
    Fields.require(proto.hasScore(), "TestScore.score");
    return new TestScore(
        fromProto(proto.getScore()), BitSet.valueOf(proto.getCorrect().toByteArray()));
  }

  public static TrialProto.Epoch toProto(Epoch epoch) {
    TrialProto.Epoch.Builder proto =
        TrialProto.Epoch.newBuilder()
            .setNumber(epoch.number())
            .setTrainLossNats(epoch.trainLossNats())
            .setSeconds(epoch.seconds());
    epoch.validation().ifPresent(score -> proto.setValidation(toProto(score)));
    return proto.build();
  }

  public static Epoch fromProto(TrialProto.Epoch proto) {
    return new Epoch(
        proto.getNumber(),
        proto.getTrainLossNats(),
        proto.hasValidation() ? Optional.of(fromProto(proto.getValidation())) : Optional.empty(),
        proto.getSeconds());
  }

  public static TrialProto.Latency toProto(Latency latency) {
    return TrialProto.Latency.newBuilder()
        .setBatchSize(latency.batchSize())
        .setP50Nanos(latency.p50().toNanos())
        .setP95Nanos(latency.p95().toNanos())
        .build();
  }

  public static Latency fromProto(TrialProto.Latency proto) {
    return new Latency(
        proto.getBatchSize(),
        Duration.ofNanos(proto.getP50Nanos()),
        Duration.ofNanos(proto.getP95Nanos()));
  }

  public static TrialProto.Measurement toProto(Measurement measurement) {
    TrialProto.Measurement.Builder proto =
        TrialProto.Measurement.newBuilder()
            .setParams(measurement.params())
            .setFlops(measurement.flops())
            .setTrainSeconds(measurement.trainSeconds())
            .setImagesPerSecond(measurement.imagesPerSecond())
            .setPeakBytes(measurement.peakBytes())
            .setDevice(measurement.device())
            .setEngine(measurement.engine())
            .setDeviceSeconds(measurement.deviceSeconds())
            .putAllMetrics(measurement.metrics());
    measurement.checkpoint().ifPresent(proto::setCheckpoint);
    measurement.validation().ifPresent(score -> proto.setValidation(toProto(score)));
    measurement.test().ifPresent(test -> proto.setTest(toProto(test)));
    measurement.curve().forEach(epoch -> proto.addCurve(toProto(epoch)));
    measurement.latency().forEach(latency -> proto.addLatency(toProto(latency)));
    measurement.round().ifPresent(round -> proto.setRound(RoundCodec.toProto(round)));
    measurement.energyJoules().ifPresent(proto::setEnergyJoules);
    return proto.build();
  }

  public static Measurement fromProto(TrialProto.Measurement proto) {
    return new Measurement(
        proto.hasValidation() ? Optional.of(fromProto(proto.getValidation())) : Optional.empty(),
        proto.hasTest() ? Optional.of(fromProto(proto.getTest())) : Optional.empty(),
        proto.getCurveList().stream().map(MeasurementCodec::fromProto).toList(),
        proto.getLatencyList().stream().map(MeasurementCodec::fromProto).toList(),
        proto.getParams(),
        proto.getFlops(),
        proto.getTrainSeconds(),
        proto.getImagesPerSecond(),
        proto.getPeakBytes(),
        proto.getDevice(),
        proto.getEngine(),
        proto.getDeviceSeconds(),
        proto.getMetricsMap(),
        proto.getCheckpoint().isEmpty() ? Optional.empty() : Optional.of(proto.getCheckpoint()),
        proto.hasRound() ? Optional.of(RoundCodec.fromProto(proto.getRound())) : Optional.empty(),
        proto.hasEnergyJoules()
            ? OptionalDouble.of(proto.getEnergyJoules())
            : OptionalDouble.empty());
  }
}
