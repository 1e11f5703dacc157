package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Latency;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.TestScore;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Trainer;
import dev.archipelago.worker.measure.Energy;
import dev.archipelago.worker.measure.PeakMemory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** A measurement in the making: what a kind of evaluation does not look at is empty or 0. */
final class Findings {
  private final String device;
  private String engine;
  private Optional<Score> validation = Optional.empty();
  private Optional<TestScore> test = Optional.empty();
  private List<Epoch> curve = List.of();
  private List<Latency> latency = List.of();
  private long params;
  private long flops;
  private double trainSeconds;
  private double imagesPerSecond;
  private final Map<String, Double> metrics = new TreeMap<>();
  private Optional<String> checkpoint = Optional.empty();
  private Optional<RoundReport> round = Optional.empty();
  private OptionalDouble energyJoules = OptionalDouble.empty();
  private LongSupplier peakBytes;

  /**
   * Parameters and FLOPs as the plan has them.
   *
   * @param memory of this process
   */
  Findings(Assignment assignment, Engine engine, PeakMemory memory) {
    this.peakBytes = memory::bytes;
    PlanCost cost = PlanCost.of(assignment.plan());
    this.params = cost.params();
    this.flops = cost.flops();
    this.device = engine.device();
    this.engine = engine.name();
  }

  /** The parameters that the engine really holds. */
  Findings compiled(Network network) {
    return compiled(network.parameters());
  }

  /** As above. */
  Findings compiled(List<Parameter> held) {
    params = held.stream().mapToLong(Parameter::elements).sum();
    return this;
  }

  /** The curve, what it cost, and its last score as the network's. */
  Findings trained(Trainer.Trained trained) {
    curve = trained.curve();
    trainSeconds = trained.seconds();
    imagesPerSecond = trained.imagesPerSecond();
    validation = curve.get(curve.size() - 1).validation();
    return this;
  }

  /** The curve that a program of the user's wrote, and how long the program ran. */
  Findings reported(List<Epoch> epochs, double seconds) {
    curve = epochs;
    trainSeconds = seconds;
    return this;
  }

  Findings by(String evaluator) {
    engine = evaluator;
    return this;
  }

  Findings validation(Score score) {
    validation = Optional.of(score);
    return this;
  }

  Findings test(TestScore score) {
    test = Optional.of(score);
    return this;
  }

  Findings latency(List<Latency> measured) {
    latency = measured;
    return this;
  }

  Findings params(long number) {
    params = number;
    return this;
  }

  Findings flops(long number) {
    flops = number;
    return this;
  }

  /** Of other processes than this one. */
  Findings peakBytes(long bytes) {
    peakBytes = () -> bytes;
    return this;
  }

  /** Beside those that are there. */
  Findings metrics(Map<String, Double> byName) {
    metrics.putAll(byName);
    return this;
  }

  /**
   * How many of a training's steps its precision was too little for; nothing is said of trainings
   * in float32.
   */
  Findings fellBack(Precision precision, long steps) {
    return precision == Precision.FLOAT32
        ? this
        : metrics(Map.of(precision.label() + "-fallbacks", (double) steps));
  }

  Findings checkpoint(String sha256) {
    return checkpoint(Optional.of(sha256));
  }

  Findings checkpoint(Optional<String> sha256) {
    checkpoint = sha256;
    return this;
  }

  /** What a round on shared weights found. */
  Findings round(RoundReport report) {
    round = Optional.of(report);
    return this;
  }

  /** What the device has drawn since training began; said when it ends. */
  Findings energy(Energy sinceTrainingBegan) {
    energyJoules = sinceTrainingBegan.joules();
    return this;
  }

  /**
   * @param deviceSeconds of the whole attempt
   */
  Measurement measurement(double deviceSeconds) {
    return new Measurement(
        validation,
        test,
        curve,
        latency,
        params,
        flops,
        trainSeconds,
        imagesPerSecond,
        peakBytes.getAsLong(),
        device,
        engine,
        deviceSeconds,
        metrics,
        checkpoint,
        round,
        energyJoules);
  }
}
