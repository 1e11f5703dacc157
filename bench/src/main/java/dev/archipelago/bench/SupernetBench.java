package dev.archipelago.bench;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.engine.Route;
import dev.archipelago.worker.engine.SharedNetwork;
import dev.archipelago.worker.torch.TorchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How much of libtorch's speed a supernet keeps, and whether its memory stays: the mixture of DARTS
 * with 8 filters, 3 cells and 7 operations beside none, batches of 64, 28x28.
 *
 * <p>The bare loop is {@link BareLoop} on {@link BareSupernet}, which is checked first: from the
 * same weights both must give the same losses. Steps of the two alternate, and medians are
 * compared.
 *
 * <p>The table goes to standard error, one JSON document to standard output.
 */
public final class SupernetBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int BATCH = 64;
  private static final int FILTERS = 8;
  private static final Task TASK = new Task(new Shape(1, 28, 28), 10);
  private static final Sgd SGD = new Sgd(0.025, 0.9, 3e-4, 5);

  private SupernetBench() {}

  /** Seconds of one step. */
  private record Time(double wall, double cpu) {}

  /**
   * @param arguments rounds (default 15), then steps during which memory is watched (default 500)
   */
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
    CellSpace space =
        new CellSpace(
            4,
            List.of(
                Operation.SKIP_CONNECT,
                Operation.MAX_POOL_3X3,
                Operation.AVG_POOL_3X3,
                Operation.SEP_CONV_3X3,
                Operation.SEP_CONV_5X5,
                Operation.DIL_CONV_3X3,
                Operation.DIL_CONV_5X5),
            2,
            1,
            FILTERS);
    Supernet supernet = space.relaxed(TASK, 1);
    SplitMix64 random = new SplitMix64(5);
    Ragged alphas = Ragged.filled(supernet.rows(), 0).map(zero -> random.nextDouble());
    Route.Mixture mixture = new Route.Mixture(alphas, 1, Optional.empty(), false);
    List<Batch> batches = batches(4);
    Map<String, Double> figures = new LinkedHashMap<>();
    try (Engine engine = TorchEngine.onCpu();
        SharedNetwork network = engine.compileShared(supernet, 1, 1);
        BareLoop bare =
            new BareLoop(
                BareSupernet.of(1, FILTERS, TASK.classes(), alphas),
                batches,
                new long[] {1, 28, 28},
                SGD.learningRate(),
                SGD.weightDecay(),
                SGD.gradientClip())) {
      Map<String, float[]> all = network.checkpoint();
      Map<String, float[]> weights = new LinkedHashMap<>();
      for (Parameter parameter : network.parameters()) {
        weights.put(parameter.name(), all.get(parameter.name()));
      }
      bare.load(weights);
      checkSameLosses(network, mixture, bare, batches);
      compare(network, mixture, bare, batches, rounds, figures);
      others(network, mixture, batches, random, supernet, figures);
      figures.put("memoryGrowth", growth(network, mixture, batches, steps));
    }
    figures.forEach((name, value) -> System.err.printf(Locale.ROOT, "%-28s %.4f%n", name, value));
    List<String> fields = new ArrayList<>();
    figures.forEach(
        (name, value) -> fields.add(String.format(Locale.ROOT, "\"%s\": %.4f", name, value)));
    System.out.println(
        ("{\"bench\": \"supernet\", \"batch\": %d, \"threads\": 1, \"rounds\": %d,"
                + " \"memorySteps\": %d, %s}")
            .formatted(BATCH, rounds, steps, String.join(", ", fields)));
  }

  private static void checkSameLosses(
      SharedNetwork network, Route mixture, BareLoop bare, List<Batch> batches) {
    for (int i = 0; i < batches.size(); i++) {
      double product = network.step(batches.get(i), mixture, SGD);
      double other = bare.step(i);
      if (!(Math.abs(product - other) < 2e-3 * other)) {
        throw new IllegalStateException(
            "step %d has loss %f, by hand %f".formatted(i, product, other));
      }
    }
  }

  private static void compare(
      SharedNetwork network,
      Route mixture,
      BareLoop bare,
      List<Batch> batches,
      int rounds,
      Map<String, Double> figures) {
    List<Time> product = new ArrayList<>();
    List<Time> hand = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      int i = round % batches.size();
      product.add(time(() -> network.step(batches.get(i), mixture, SGD)));
      hand.add(time(() -> bare.step(i)));
    }
    figures.put("productSeconds", median(product.stream().map(Time::wall).toList()));
    figures.put("bareSeconds", median(hand.stream().map(Time::wall).toList()));
    figures.put("ratio", figures.get("bareSeconds") / figures.get("productSeconds"));
    double cpu = median(product.stream().map(Time::cpu).toList());
    figures.put("productCpuSeconds", cpu);
    figures.put("cpuRatio", median(hand.stream().map(Time::cpu).toList()) / cpu);
  }

  /** What the other kinds of steps cost, medians of three in seconds of CPU time. */
  private static void others(
      SharedNetwork network,
      Route.Mixture mixture,
      List<Batch> batches,
      SplitMix64 random,
      Supernet supernet,
      Map<String, Double> figures) {
    for (Order order : Order.values()) {
      figures.put(
          "alphas " + order,
          medianOf(3, () -> network.gradient(batches.get(0), batches.get(1), mixture, order, SGD)));
    }
    figures.put(
        "path",
        medianOf(
            15,
            () -> {
              List<Integer> path =
                  supernet.rows().stream().map(r -> random.nextInt(r.options().size())).toList();
              network.step(batches.get(0), new Route.Path(path), SGD);
            }));
  }

  private static double medianOf(int count, Runnable work) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      times.add(time(work).cpu());
    }
    return median(times);
  }

  /** By what part of itself the process's memory grows. */
  private static double growth(
      SharedNetwork network, Route mixture, List<Batch> batches, int steps) {
    long before = residentBytes();
    for (int i = 0; i < steps; i++) {
      network.step(batches.get(i % batches.size()), mixture, SGD);
    }
    return (double) (residentBytes() - before) / before;
  }

  private static long residentBytes() {
    try {
      return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Time time(Runnable work) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    work.run();
    return new Time(
        (System.nanoTime() - wall) * 1e-9, (THREADS.getCurrentThreadCpuTime() - cpu) * 1e-9);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Noise: what it shows does not matter here. */
  private static List<Batch> batches(int count) {
    SplitMix64 random = new SplitMix64(3);
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Batch batch = new Batch(BATCH, Math.toIntExact(TASK.input().elements()));
      for (int j = 0; j < BATCH * batch.elements(); j++) {
        batch.images().put(j, (float) (2 * random.nextDouble() - 1));
      }
      for (int j = 0; j < BATCH; j++) {
        batch.labels()[j] = random.nextInt(TASK.classes());
      }
      batch.size(BATCH);
      batches.add(batch);
    }
    return batches;
  }
}
