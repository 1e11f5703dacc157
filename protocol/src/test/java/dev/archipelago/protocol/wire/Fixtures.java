package dev.archipelago.protocol.wire;

import akka.actor.typed.ActorRef;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.protocol.device.DeviceReading;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Latency;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Proxy;
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
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Start;
import dev.archipelago.protocol.trial.TestScore;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One example of everything that crosses the wire, with no field at its default. */
public final class Fixtures {
  public static final SearchId SEARCH = new SearchId("20260102-0304-quickstart");
  public static final TrialId TRIAL = new TrialId(SEARCH, 17);
  public static final Attempt ATTEMPT = new Attempt(TRIAL, 2);
  public static final WorkerId WORKER = new WorkerId("gpu-1", "a7c4");
  public static final Task TASK = new Task(new Shape(3, 8, 6), 4);

  private Fixtures() {}

  /** The classes of some values: what is compared with a sealed type's permitted ones. */
  public static Set<Class<?>> types(Stream<?> values) {
    return values.map(Object::getClass).collect(Collectors.toSet());
  }

  /** Has every kind of layer, with every number different from the others. */
  public static NetworkPlan plan() {
    PlanBuilder plan = new PlanBuilder(TASK.input());
    int pooled =
        plan.add("pooled", new Layer.GlobalAvgPool(), shared(plan, gated(plan, maps(plan))));
    int sigmoid = plan.add("sigmoid", new Layer.Sigmoid(), pooled);
    int tanh = plan.add("tanh", new Layer.Tanh(), plan.add("flat", new Layer.Flatten(), sigmoid));
    int token = plan.add("token", new Layer.Linear(1), tanh);
    int embedded = plan.add("embedded", new Layer.Embedding(19, 7), token);
    int state = plan.add("gru", new Layer.Recurrent(Cell.GRU, 6, true), embedded);
    int last = plan.add("lstm", new Layer.Recurrent(Cell.LSTM, 9, false), state);
    plan.add("head/linear", new Layer.Linear(TASK.classes()), last);
    return plan.build();
  }

  /** What the first release could say; its bytes are kept. */
  static NetworkPlan firstPlan() {
    PlanBuilder plan = new PlanBuilder(TASK.input());
    return plan.classifier(maps(plan), TASK.classes());
  }

  private static int maps(PlanBuilder plan) {
    int conv = plan.add("conv", new Layer.Conv(12, 5, 3, 2, 4, 3, true), plan.input());
    int relu = plan.add("relu", new Layer.Relu(), plan.add("norm", new Layer.BatchNorm(), conv));
    int max = plan.add("max", new Layer.MaxPool(3, 1), relu);
    int average = plan.add("average", new Layer.AvgPool(5, 1), relu);
    int sum = plan.add("sum", new Layer.Add(), max, average);
    return plan.concat("joined", List.of(sum, conv, relu));
  }

  private static int gated(PlanBuilder plan, int map) {
    int resized = plan.add("resized", new Layer.Resize(4, 3), map);
    int zero = plan.add("zero", new Layer.Zero(plan.shape(resized)), plan.input());
    int sum = plan.add("with_zero", new Layer.Add(), resized, zero);
    int relu6 = plan.add("relu6", new Layer.Relu6(), sum);
    int swish = plan.add("swish", new Layer.Swish(), relu6);
    int hardSwish = plan.add("hard_swish", new Layer.HardSwish(), swish);
    int squeezed = plan.add("squeezed", new Layer.GlobalAvgPool(), hardSwish);
    int gate = plan.add("gate", new Layer.Sigmoid(), squeezed);
    int hardGate = plan.add("hard_gate", new Layer.HardSigmoid(), gate);
    return plan.add("scaled", new Layer.Scale(), hardSwish, hardGate);
  }

  /** The layers that only supernets have; the choices follow {@link #rows}. */
  private static int shared(PlanBuilder plan, int map) {
    int norm = plan.add("standardize", new Layer.Standardize(), map);
    int relu = plan.add("candidate", new Layer.Relu(), map);
    int chosen = plan.add("chosen", new Layer.Choice(1, List.of(2, 0)), norm, relu);
    int present = plan.add("present", new Layer.Present(), chosen);
    int channels = plan.add("channels", new Layer.Channels(3, 21), present);
    return plan.add("shuffle", new Layer.Shuffle(9), channels);
  }

  /** Of a supernet whose plan is {@link #plan}. */
  public static List<Row> rows() {
    return List.of(
        new Row("node_0/from_0", List.of("conv")),
        new Row("node_1/from_0", List.of("relu", "none", "norm")));
  }

  /** One of every kind. */
  static List<Examples> examples() {
    return List.of(
        new Examples.Images(48),
        new Examples.Rows("species", "/a/test.csv"),
        new Examples.Windows(32));
  }

  public static Assignment assignment() {
    return new Assignment(
        TRIAL,
        2,
        Stage.RETRAIN,
        plan(),
        new DatasetRef("folder", "/data/flowers", new Examples.Images(8), TASK, 5000),
        new Split(-3, 0.2),
        new Evaluation.Train(4, new Start.Continuation("5e".repeat(32), 3), OptionalInt.empty()),
        new Training(9, 128, 0.05, 0.9, 3e-4, 5, new Augmentation(4, true), 2, Precision.BF16),
        new Profiling(64, 10, 50),
        -7_046_029_254_386_353_131L);
  }

  /** A round on shared weights in place of a training. */
  static Assignment sharing(NetworkPlan plan, Evaluation.Share share) {
    Assignment any = assignment();
    return new Assignment(
        any.trial(),
        any.attempt(),
        Stage.SEARCH,
        plan,
        any.dataset(),
        any.split(),
        share,
        any.training(),
        any.profiling(),
        any.seed());
  }

  /** Every kind of evaluation. */
  public static List<Evaluation> evaluations() {
    Map<String, String> architecture = new LinkedHashMap<>();
    architecture.put("layer_0/kernel", "5");
    architecture.put("a/operation", "skip_connect");
    return List.of(
        assignment().evaluation(),
        new Evaluation.Train(1),
        new Evaluation.Train(9, new Start.Inheritance("5e".repeat(32), 6), OptionalInt.of(7)),
        new Evaluation.Train(3, new Start.Growth("5e".repeat(32), plan(), 0.05), OptionalInt.of(3)),
        new Evaluation.ZeroCost(Proxy.NASWOT),
        new Evaluation.Lookup(new Architecture("nasbench201", List.of(3, 0, 1)), 200),
        new Evaluation.Lent(7, new Score(0.5, 1.25, 2000)),
        new Evaluation.Command(
            List.of("python", "train.py", ""), Duration.ofMinutes(5), 3, 12, architecture),
        new Evaluation.Share(rows(), rounds().get(0)));
  }

  /** Every kind of net, of weights, of work and of relaxation. */
  public static List<Round> rounds() {
    List<List<Integer>> paths =
        List.of(List.of(0, 2), List.of(Supernet.EVERY, 1), List.of(), List.of(200));
    Descent descent = new Descent(0.025, 0.001, 0.9, 3e-4, 5, 150, 600);
    Scoring scoring = new Scoring(3, 17, 20);
    AlphaRule rule = new AlphaRule(3e-4, 0.5, 0.999, 1e-3);
    Weights stored = new Weights.Stored(List.of("5e".repeat(32), "0c".repeat(32)));
    Net relaxed = new Net.Relaxed(4);
    return List.of(
        new Round(
            relaxed,
            stored,
            new Work.Bilevel(
                alphas(),
                50,
                descent,
                rule,
                new Relaxation.Softmax(0.5),
                Order.SECOND_BY_DIFFERENCES,
                7,
                scoring),
            List.of("d1".repeat(32))),
        new Round(
            relaxed,
            new Weights.Fresh(-3),
            new Work.Bilevel(
                alphas(), 1, descent, rule, new Relaxation.Gumbel(10), Order.FIRST, 0, scoring),
            List.of()),
        new Round(new Net.Paths(), stored, new Work.TrainPaths(paths, descent), List.of()),
        new Round(new Net.Paths(), stored, new Work.ScorePaths(paths, scoring), List.of()));
  }

  private static Alphas alphas() {
    Ragged values = new Ragged(List.of(List.of(0.5), List.of(-1.25, 1e-3, 3.0)));
    return new Alphas(values, values.map(x -> -x), values.map(x -> x * x), 4_000_000_000L);
  }

  /** As after each kind of work: what a kind does not find is NaN or missing. */
  public static List<RoundReport> roundReports() {
    List<Score> scores = List.of(new Score(0.5, 1.25, 2000), new Score(0.25, 2, 2000));
    return List.of(
        new RoundReport(Optional.of(alphas()), List.of(), 1.5, 1.75, -0.125),
        new RoundReport(Optional.empty(), List.of(), 1.5, Double.NaN, Double.NaN),
        new RoundReport(Optional.empty(), scores, Double.NaN, Double.NaN, Double.NaN));
  }

  public static Measurement measurement() {
    return new Measurement(
        Optional.of(new Score(0.875, 0.4, 2000)),
        Optional.empty(),
        List.of(
            new Epoch(1, 1.5, Optional.of(new Score(0.5, 1.25, 2000)), 2.5),
            new Epoch(2, 0.5, Optional.empty(), 2.25)),
        List.of(
            new Latency(1, Duration.ofNanos(350_001), Duration.ofMillis(1)),
            new Latency(64, Duration.ofMillis(2), Duration.ofMillis(3))),
        199_999,
        12_345_678_901L,
        4.75,
        3210.5,
        5_000_000_000L,
        "cuda:0",
        "torch",
        6.5,
        Map.of("synflow", 41.25, "auc", 0.75),
        Optional.of("a1".repeat(32)),
        Optional.of(roundReports().get(0)),
        OptionalDouble.of(1234.5));
  }

  /** As in the final stage: nothing held out, and one look at test data. */
  public static Measurement finalMeasurement() {
    BitSet correct = new BitSet();
    correct.set(0);
    correct.set(9, 14);
    Measurement brief = measurement();
    return new Measurement(
        Optional.empty(),
        Optional.of(new TestScore(new Score(0.375, 2.5, 16), correct)),
        brief.curve(),
        List.of(),
        brief.params(),
        brief.flops(),
        brief.trainSeconds(),
        brief.imagesPerSecond(),
        brief.peakBytes(),
        "cpu",
        "dl4j",
        1.25,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** Both measurements, and a failure of every category. */
  public static List<Outcome> outcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(new Outcome.Completed(TRIAL, 2, measurement()));
    outcomes.add(new Outcome.Completed(TRIAL, 2, finalMeasurement()));
    for (Category category : Category.values()) {
      TrialFailure failure =
          new TrialFailure(category, true, "loss became NaN, größer: 1 × 2", 2.5);
      outcomes.add(new Outcome.Failed(TRIAL, 1, failure));
    }
    return outcomes;
  }

  public static List<ToController> toController(ActorRef<ToWorker> replyTo) {
    WorkerDescription description =
        new WorkerDescription(
            "node-3",
            4711,
            new Device("cuda:1", DeviceKind.CUDA, "NVIDIA H200", 150_754_820_096L, true),
            "torch",
            Set.of(Capability.values()),
            8,
            16_000_000_000L);
    List<Attempt> held = List.of(ATTEMPT, new Attempt(new TrialId(SEARCH, 0), 1));
    Progress progress = new Progress(ATTEMPT, "training", 3, 9, 1234.5, Double.NaN);
    List<ToController> messages = new ArrayList<>();
    messages.add(new ToController.Hello(WORKER, 1, description, held, replyTo));
    messages.add(new ToController.Pull(WORKER, 2));
    DeviceReading reading =
        new DeviceReading(
            OptionalDouble.of(0.75), OptionalLong.of(9_000_000_000L), OptionalDouble.of(612.5));
    DeviceReading silent =
        new DeviceReading(OptionalDouble.empty(), OptionalLong.empty(), OptionalDouble.empty());
    messages.add(
        new ToController.Heartbeat(
            WORKER, held, Optional.of(progress), Optional.of(reading), replyTo));
    messages.add(
        new ToController.Heartbeat(
            WORKER, List.of(), Optional.empty(), Optional.of(silent), replyTo));
    messages.add(
        new ToController.Heartbeat(WORKER, List.of(), Optional.empty(), Optional.empty(), replyTo));
    outcomes().forEach(outcome -> messages.add(new ToController.Report(WORKER, outcome, replyTo)));
    messages.add(new ToController.EngineCrashed(WORKER, ATTEMPT, "SIGSEGV (0xb)", replyTo));
    messages.add(new ToController.Goodbye(WORKER, "stopped by SIGTERM"));
    return messages;
  }

  public static List<ToWorker> toWorker() {
    return List.of(
        new ToWorker.Welcome(1, Duration.ofSeconds(5)),
        new ToWorker.Refused(2, "this controller speaks version 2"),
        new ToWorker.SayHello(),
        new ToWorker.Assign(assignment()),
        new ToWorker.Assign(sharing(plan(), new Evaluation.Share(rows(), rounds().get(1)))),
        new ToWorker.Cancel(ATTEMPT),
        new ToWorker.Acknowledged(ATTEMPT),
        new ToWorker.Busy(ATTEMPT));
  }
}
