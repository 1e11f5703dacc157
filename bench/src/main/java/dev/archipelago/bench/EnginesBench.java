package dev.archipelago.bench;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.worker.dl4j.Dl4jEngine;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.torch.TorchEngine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The two engines beside each other: training steps and inference of one image, on the nets of
 * {@link EngineBench}, in one process on one thread. Rounds of the two alternate, and medians are
 * compared. Before the clock starts, both must give the same loss from the same weights.
 *
 * <p>The table goes to standard error, one JSON document to standard output.
 */
public final class EnginesBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int BATCH = 64;
  private static final int CLASSES = 10;
  private static final int INFERENCES = 20;
  private static final Network.Sgd SGD = new Network.Sgd(0.01, 0.9, 1e-4, 5);

  private EnginesBench() {}

  private record Case(String name, Shape input, NetworkPlan plan) {}

  /** Milliseconds. */
  private record Time(double wall, double cpu) {}

  /**
   * Medians of one engine on one net, in milliseconds.
   *
   * @param compile to the end of the first step
   */
  private record Figures(double compile, Time step, Time inference) {}

  private record Result(Case of, Figures torch, Figures dl4j) {}

  /**
   * @param arguments rounds (default 7), then training steps a round (default 3)
   */
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    List<Result> results = new ArrayList<>();
    try (Engine torch = TorchEngine.onCpu();
        Engine dl4j = Dl4jEngine.onCpu()) {
      for (Case one : cases()) {
        results.add(compare(torch, dl4j, one, rounds, steps));
      }
    }
    System.err.print(table(results));
    System.out.println(json(results, rounds, steps));
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Shape input : List.of(new Shape(1, 28, 28), new Shape(3, 32, 32))) {
      Task task = new Task(input, CLASSES);
      cases.add(new Case("plain 16-32-64", input, EngineBench.plain(task)));
      cases.add(new Case("cells", input, EngineBench.cells(task)));
    }
    return cases;
  }

  private static Result compare(Engine torch, Engine dl4j, Case one, int rounds, int steps) {
    Batch batch = batch(one.input(), BATCH);
    Batch single = batch(one.input(), 1);
    try (Run first = new Run(torch, one, batch, single);
        Run second = new Run(dl4j, one, batch, single)) {
      if (!(Math.abs(first.loss - second.loss) < 1e-3 * first.loss)) {
        throw new IllegalStateException(
            "%s: the first loss is %f and %f".formatted(one.name(), first.loss, second.loss));
      }
      for (int round = -1; round < rounds; round++) { // the first warms up
        first.round(steps, round >= 0);
        second.round(steps, round >= 0);
      }
      return new Result(one, first.figures(), second.figures());
    }
  }

  /** One engine's part in a case. */
  private static final class Run implements AutoCloseable {
    final double loss;
    private final Network network;
    private final Batch batch;
    private final Batch single;
    private final float[] logits = new float[CLASSES];
    private final double compile;
    private final List<Time> training = new ArrayList<>();
    private final List<Time> inference = new ArrayList<>();

    Run(Engine engine, Case one, Batch batch, Batch single) {
      long start = System.nanoTime();
      this.network = engine.compile(one.plan(), 1, 1);
      this.batch = batch;
      this.single = single;
      this.loss = network.step(batch, SGD);
      this.compile = (System.nanoTime() - start) * 1e-6;
    }

    void round(int steps, boolean counts) {
      Time step = time(steps, () -> network.step(batch, SGD));
      Time one = time(INFERENCES, () -> network.infer(single, logits));
      if (counts) {
        training.add(step);
        inference.add(one);
      }
    }

    Figures figures() {
      return new Figures(compile, median(training), median(inference));
    }

    @Override
    public void close() {
      network.close();
    }
  }

  /** Of one call. */
  private static Time time(int calls, Runnable work) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      work.run();
    }
    double scale = 1e-6 / calls;
    return new Time(
        (System.nanoTime() - wall) * scale, (THREADS.getCurrentThreadCpuTime() - cpu) * scale);
  }

  private static Time median(List<Time> times) {
    return new Time(
        EngineBench.median(times.stream().map(Time::wall).toList()),
        EngineBench.median(times.stream().map(Time::cpu).toList()));
  }

  /** Noise: what the images show does not matter here. */
  private static Batch batch(Shape input, int size) {
    SplitMix64 random = new SplitMix64(3);
    Batch batch = new Batch(size, Math.toIntExact(input.elements()));
    for (int i = 0; i < size * batch.elements(); i++) {
      batch.images().put(i, (float) (2 * random.nextDouble() - 1));
    }
    for (int i = 0; i < size; i++) {
      batch.labels()[i] = random.nextInt(CLASSES);
    }
    batch.size(size);
    return batch;
  }

  private static String table(List<Result> results) {
    StringBuilder text = new StringBuilder();
    text.append(
        row("net", "input", "engine", "first step", "step", "of CPU", "one image", "of CPU"));
    for (Result result : results) {
      text.append(row(result.of(), "torch", result.torch()));
      text.append(row(result.of(), "dl4j", result.dl4j()));
    }
    return text.append("all in ms\n").toString();
  }

  private static String row(Case of, String engine, Figures figures) {
    return row(
        of.name(),
        of.input().toString(),
        engine,
        number(figures.compile()),
        number(figures.step().wall()),
        number(figures.step().cpu()),
        number(figures.inference().wall()),
        number(figures.inference().cpu()));
  }

  private static String row(Object... cells) {
    return "%-15s %-8s %-7s %11s %9s %9s %10s %9s%n".formatted(cells);
  }

  private static String json(List<Result> results, int rounds, int steps) {
    List<String> cases = new ArrayList<>();
    for (Result result : results) {
      cases.add(
          "{\"net\": \"%s\", \"input\": \"%s\", \"torch\": %s, \"dl4j\": %s}"
              .formatted(
                  result.of().name(),
                  result.of().input(),
                  json(result.torch()),
                  json(result.dl4j())));
    }
    return "{\"bench\": \"engines\", \"batch\": %d, \"threads\": 1, \"rounds\": %d, \"steps\": %d, \"cases\": [%s]}"
        .formatted(BATCH, rounds, steps, String.join(", ", cases));
  }

  private static String json(Figures figures) {
    return ("{\"firstStepMillis\": %s, \"stepMillis\": %s, \"stepCpuMillis\": %s,"
            + " \"inferenceMillis\": %s, \"inferenceCpuMillis\": %s}")
        .formatted(
            number(figures.compile()),
            number(figures.step().wall()),
            number(figures.step().cpu()),
            number(figures.inference().wall()),
            number(figures.inference().cpu()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }
}
