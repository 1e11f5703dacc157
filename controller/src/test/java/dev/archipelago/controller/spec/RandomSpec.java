package dev.archipelago.controller.spec;

import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.Schedulers;
import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.spec.Baselines.Match;
import dev.archipelago.controller.spec.SearchSpec.Budget;
import dev.archipelago.controller.spec.SearchSpec.Constraints;
import dev.archipelago.controller.spec.SearchSpec.Order;
import dev.archipelago.controller.spec.SearchSpec.Retraining;
import dev.archipelago.controller.strategy.Heredity;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Activation;
import dev.archipelago.protocol.space.BlockFamily;
import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.MlpSpace;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.SequenceSpace;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.StagedSpace;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.space.reference.ReferenceNetwork;
import dev.archipelago.protocol.space.reference.ReferenceSpace;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Objective;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Any spec that the parser could have made, with every part drawn at random. */
final class RandomSpec {
  private final SplitMix64 random;

  private RandomSpec(long seed) {
    this.random = new SplitMix64(seed);
  }

  static SearchSpec of(long seed) {
    return new RandomSpec(seed).draw();
  }

  private SearchSpec draw() {
    long seed = random.nextLong() >> random.nextInt(64);
    int trials = between(1, 1_000_000);
    Evaluator drawn = evaluator();
    boolean table = drawn instanceof Evaluator.Table;
    boolean engine = drawn instanceof Evaluator.Engine;
    boolean external = !engine && random.nextBoolean();
    DatasetRef dataset = external ? external() : dataset();
    boolean images = dataset.examples() instanceof Examples.Images;
    Training training = table ? published() : training(engine && images);
    SearchSpace space = space(dataset.examples());
    StrategyKind strategy = strategy(trials, space, engine);
    boolean shares = strategy.sharing().isPresent();
    boolean inherits =
        engine
            && strategy.heredity() instanceof Heredity.Parent
            && training.epochs() > 1
            && random.nextBoolean();
    Evaluator evaluator = inherits ? new Evaluator.Engine(random.nextBoolean(), true) : drawn;
    Baselines baselines = baselines(engine && images, shares);
    boolean needsWinner = shares || !baselines.references().isEmpty();
    boolean full = shares || inherits || strategy.heredity() instanceof Heredity.Growth;
    return new SearchSpec(
        pick("a", "1", "none", "True", "x_1.y-z", "2e3", "0x1f"),
        dataset,
        new Split(seed, external ? 0.2 : number(0.3, 0.7)),
        space,
        strategy,
        between(1, Math.min(trials, 100)),
        !shares && random.nextBoolean() ? Order.ARRIVAL : Order.PROPOSAL,
        full ? Schedule.full(training.epochs()) : schedule(training.epochs(), engine),
        evaluator,
        training,
        engine
            ? new Profiling(between(1, 256), between(0, 100), between(1, 1000))
            : new Profiling(1, 0, 0),
        table ? new Objective.Accuracy() : objective(engine),
        new Constraints(limit(), limit()),
        baselines,
        new Budget(trials, time(), time()),
        new Retraining(
            between(needsWinner ? 1 : 0, Math.min(trials, 100)),
            between(1, 2_000),
            between(1, 2_000)),
        table ? Placement.ANY : placement(engine),
        seed);
  }

  private Placement placement(boolean engine) {
    return new Placement(
        random.nextBoolean() ? Optional.empty() : Optional.of(pick(DeviceKind.values())),
        random.nextBoolean() ? Optional.empty() : Optional.of(pick("H200", "1", "a: \"b\"", "no")),
        pick(0L, 1L << 20, 8L << 30, 1_500_000_000L, 3_000_001L),
        engine && random.nextBoolean() ? Optional.of(pick("torch", "dl4j")) : Optional.empty());
  }

  private Evaluator evaluator() {
    return switch (random.nextInt(4)) {
      case 0 ->
          new Evaluator.Program(
              random.nextBoolean()
                  ? List.of("python3", "train.py", "", "--a=\"b\" \\ : #")
                  : List.of("run", "run"),
              duration(1_000_000_000));
      default -> new Evaluator.Engine(random.nextBoolean(), false);
    };
  }

  private static Training published() {
    return new Training(12, 256, 0.1, 0.9, 5e-4, 0, Training.Augmentation.NONE, 1);
  }

  private DatasetRef external() {
    int size = between(1, 64);
    Task task = new Task(new Shape(between(1, 5), size, size), between(2, 10));
    return new DatasetRef("external", pick("", "s3://bucket/x", "a: b"), task, 0);
  }

  private Schedule schedule(int epochs, boolean proxies) {
    List<String> kinds = Schedulers.kinds();
    SchedulerKind kind = Schedulers.of(kinds.get(random.nextInt(kinds.size())), anything());
    if (kind instanceof FullEvaluation) {
      return Schedule.full(epochs);
    }
    List<Rung> rungs = new ArrayList<>();
    if (proxies && random.nextBoolean()) {
      rungs.add(new Rung.ZeroCost(pick(Proxy.values())));
    }
    if (epochs > 1) {
      rungs.add(new Rung.Epochs(between(1, epochs - 1)));
    }
    rungs.add(new Rung.Epochs(epochs));
    return new Schedule(kind, rungs);
  }

  private Baselines baselines(boolean references, boolean shares) {
    Match match = shares ? Match.DEVICE_SECONDS : pick(Match.values());
    return new Baselines(
        random.nextBoolean() ? Optional.of(match) : Optional.empty(),
        references && random.nextBoolean()
            ? List.of(ReferenceNetwork.RESNET_18, ReferenceNetwork.MOBILENET_V3_SMALL)
            : List.of());
  }

  private Optional<Duration> time() {
    return random.nextBoolean() ? Optional.empty() : Optional.of(duration(1_000_000_000));
  }

  private DatasetRef dataset() {
    int size = between(8, 64);
    int classes = between(2, 10);
    Task images = new Task(new Shape(pick(1, 3), size, size), classes);
    int limit = random.nextBoolean() ? 0 : between(70_000, 1_000_000);
    return switch (random.nextInt(4)) {
      case 0 -> new DatasetRef("folder", path(), new Examples.Images(size), images, limit);
      case 1 -> {
        Examples rows = new Examples.Rows(pick("", "a, b", "3"), pick("", path()));
        yield new DatasetRef("csv", path(), rows, new Task(new Shape(size, 1, 1), classes), limit);
      }
      case 2 -> {
        Examples windows = new Examples.Windows(size);
        Task task = new Task(new Shape(1, size, 1), classes);
        yield new DatasetRef("text", path(), windows, task, limit);
      }
      default -> new DatasetRef(pick("cifar-10", "mnist"), pick("", path()), images, limit);
    };
  }

  private String path() {
    return pick("/data", "/a b/c: d", "/\"quoted\"\\#", "/\u00e4\u6f22\ud83d\ude00\u0085\t", "/1");
  }

  private SearchSpace space(Examples examples) {
    if (examples instanceof Examples.Rows) {
      return mlp();
    } else if (examples instanceof Examples.Windows) {
      return new SequenceSpace(
          some(4, 8, 16), some(Cell.values()), between(1, 3), some(8, 16), some(0, 8));
    }
    return space();
  }

  private SearchSpace mlp() {
    return new MlpSpace(
        between(1, 5), some(8, 16, 64), some(Activation.values()), pick(true, false));
  }

  private SearchSpace space() {
    return switch (random.nextInt(6)) {
      case 0 -> cell();
      case 1 -> new NasBench201Space(between(1, 32), between(1, 3));
      case 2 -> staged();
      case 3 -> new ReferenceSpace(some(ReferenceNetwork.values()));
      case 4 -> mlp();
      default -> chain();
    };
  }

  private SearchSpace staged() {
    return new StagedSpace(
        between(1, 4),
        some(BlockFamily.values()),
        some(3, 5, 7),
        some(1, 3, 6),
        some(0, 4, 16),
        some(8, 16, 24),
        some(1, 2, 3),
        some(0, 8, 24, 32),
        between(1, 32));
  }

  private SearchSpace chain() {
    return new ChainSpace(
        between(1, 5), some(1, 3, 5, 7), some(1, 2, 3, 4), some(8, 16, 24, 64), pick(true, false));
  }

  private SearchSpace cell() {
    List<Operation> operations =
        Arrays.stream(Operation.values()).skip(random.nextInt(Operation.values().length)).toList();
    return new CellSpace(between(1, 3), operations, between(1, 3), between(1, 2), between(1, 64));
  }

  private StrategyKind strategy(int trials, SearchSpace space, boolean engine) {
    List<String> kinds = Strategies.kinds();
    while (true) {
      StrategyKind drawn =
          Strategies.of(kinds.get(random.nextInt(kinds.size())), trials, anything());
      if (drawn.obstacle(space).isEmpty() && (engine || Strategies.needsNoEngine(drawn))) {
        return drawn;
      }
    }
  }

  private Settings anything() {
    return new Settings() {
      @Override
      public int integer(String key, int otherwise, int least, int most) {
        return between(least, most);
      }

      @Override
      public double number(String key, double otherwise, double least, double most) {
        return RandomSpec.this.number(least, most);
      }

      @Override
      public boolean flag(String key, boolean otherwise) {
        return random.nextBoolean();
      }

      @Override
      public String choice(String key, String otherwise, List<String> words) {
        return words.get(random.nextInt(words.size()));
      }

      @Override
      public List<Integer> integers(String key, List<Integer> otherwise, int least, int most) {
        return List.of(between(least, most));
      }

      @Override
      public List<String> choices(String key, List<String> otherwise, List<String> words) {
        return List.of(words.get(random.nextInt(words.size())));
      }

      @Override
      public <T> T nested(String key, Function<Settings, T> reading) {
        return reading.apply(this);
      }

      @Override
      public void exclude(String key, String reason) {
        // it draws only what it is asked for
      }
    };
  }

  private Training training(boolean augmented) {
    return new Training(
        between(1, 2_000),
        between(1, 10_000),
        number(1e-6, 10),
        number(0, 0.999),
        number(0, 1),
        number(0, 1e6),
        augmented
            ? new Training.Augmentation(between(0, 7), random.nextBoolean())
            : Training.Augmentation.NONE,
        between(1, 256),
        random.nextBoolean() ? Precision.BF16 : Precision.FLOAT32);
  }

  private Objective objective(boolean engine) {
    return switch (random.nextInt(engine ? 4 : 5)) {
      case 0 -> new Objective.Accuracy();
      case 1 -> new Objective.AccuracyLatency(duration(1), number(-10, 0), number(-10, -1e-3));
      case 2 -> new Objective.LossLogLatency(number(0.001, 10), duration(1));
      case 4 -> new Objective.Metric(pick("auc", "loss"), false);
      default -> new Objective.LossLogRatio(number(0.001, 10), duration(1));
    };
  }

  /** Never so low that no network could meet it. */
  private OptionalLong limit() {
    return random.nextBoolean()
        ? OptionalLong.empty()
        : OptionalLong.of(1_000_000_000L * between(100, 9_000) + pick(0, 1, 1_000, 2_000_000));
  }

  private Duration duration(long leastNanos) {
    long digits = (long) Math.pow(10, random.nextInt(12));
    return Duration.ofNanos(leastNanos + digits * between(0, 30) + pick(0, 1));
  }

  @SafeVarargs
  private final <T> List<T> some(T... values) {
    int from = random.nextInt(values.length);
    return IntStream.rangeClosed(from, between(from, values.length - 1))
        .mapToObj(i -> values[i])
        .toList();
  }

  /** An end of the range, a round number or any bits in it. */
  private double number(double least, double most) {
    double any = least + (most - least) * random.nextDouble();
    double round = Math.round(any * 100) / 100.0 + 0.0;
    return switch (random.nextInt(4)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> round >= least && round <= most ? round : any;
      default -> any;
    };
  }

  private int between(int least, int most) {
    return least + (int) (random.nextDouble() * ((double) most - least + 1));
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
