package dev.archipelago.bench;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.data.ImageSet;
import dev.archipelago.worker.data.Normalization;
import dev.archipelago.worker.data.TrainingBatches;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Trainer;
import dev.archipelago.worker.torch.TorchEngine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much of libtorch's speed the product's training path keeps.
 *
 * <p>The product trains as a trial does: {@link TrainingBatches} (shuffled, normalised, augmented
 * where the images have colour), {@link Trainer}, {@link TorchEngine}. The bare loop is {@link
 * BareLoop} on the same nets, which is checked first: from the same weights both must give the same
 * losses. Rounds of the two alternate, so that a noisy neighbour disturbs both; medians are
 * compared.
 *
 * <p>The table goes to standard error, one JSON document to standard output.
 */
public final class EngineBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int CLASSES = 10;

  /** Of the images made for a case; a fast device trains on them several times a round. */
  private static final int PIXEL_BYTES = 64 << 20;

  /** How all of the nets are trained, but for the batch. */
  private static final Training TRAINING =
      new Training(1, 64, 0.01, 0.9, 1e-4, 5, Augmentation.NONE, 1);

  private EngineBench() {}

  /** A net to compare on, twice: as a plan and by hand. */
  private record Case(
      String name,
      Shape input,
      Augmentation augmentation,
      NetworkPlan plan,
      BareNet bare,
      int batch,
      Precision precision) {

    Training training() {
      return new Training(
          1,
          batch,
          TRAINING.learningRate(),
          TRAINING.momentum(),
          TRAINING.weightDecay(),
          TRAINING.gradientClip(),
          augmentation,
          1,
          precision);
    }

    /** How much losses of the two may differ: bf16 keeps 8 bits, and the bare loop has float32. */
    double tolerance() {
      return precision == Precision.FLOAT32 ? 1e-3 : 3e-2;
    }
  }

  /** Seconds of one round. */
  private record Time(double wall, double cpu) {}

  /** Medians of a case, in steps per second; ratios are product to bare. */
  private record Result(
      Case of,
      double product,
      double bare,
      double ratio,
      double cpuRatio,
      double imagesPerSecond) {}

  /**
   * @param arguments rounds (default 11), seconds a round (1), device (cpu), batches separated by
   *     commas (64), the product's precisions (float32; the bare loop's is always float32)
   */
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 11;
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
    String device = arguments.length > 2 ? arguments[2] : "cpu";
    String batches = arguments.length > 3 ? arguments[3] : "64";
    String precisions = arguments.length > 4 ? arguments[4] : "float32";
    List<Result> results = new ArrayList<>();
    try (Engine engine = new TorchEngine(device, 0)) {
      for (String batch : batches.split(",")) {
        for (String label : precisions.split(",")) {
          Precision precision =
              Precision.labelled(label)
                  .orElseThrow(() -> new IllegalArgumentException("no precision " + label));
          for (Case one : cases(device, Integer.parseInt(batch), precision)) {
            results.add(compare(engine, one, rounds, seconds));
          }
        }
      }
    }
    System.err.print(table(results));
    System.out.println(json(results, rounds, device));
  }

  private static List<Case> cases(String device, int batch, Precision precision) {
    List<Case> cases = new ArrayList<>();
    for (Shape input : List.of(new Shape(1, 28, 28), new Shape(3, 32, 32))) {
      Task task = new Task(input, CLASSES);
      Augmentation augmentation =
          input.channels() == 1 ? Augmentation.NONE : new Augmentation(4, true);
      cases.add(
          new Case(
              "plain 16-32-64",
              input,
              augmentation,
              plain(task),
              BareNet.plain(input.channels(), CLASSES, device),
              batch,
              precision));
      cases.add(
          new Case(
              "cells",
              input,
              augmentation,
              cells(task),
              BareNet.cell(input.channels(), CLASSES, device),
              batch,
              precision));
    }
    return cases;
  }

  static NetworkPlan plain(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int at = plan.input();
    for (int filters = 16; filters <= 64; filters *= 2) {
      if (filters > 16) {
        at = plan.add("pool_" + filters, new Layer.MaxPool(2, 2), at);
      }
      at = plan.add("conv_" + filters, Layer.Conv.of(filters, 3, 3, 1), at);
      at = plan.add("norm_" + filters, new Layer.BatchNorm(), at);
      at = plan.add("relu_" + filters, new Layer.Relu(), at);
    }
    return plan.classifier(at, task.classes());
  }

  static NetworkPlan cells(Task task) {
    List<Operation> operations =
        List.of(
            Operation.SEP_CONV_3X3,
            Operation.DIL_CONV_3X3,
            Operation.MAX_POOL_3X3,
            Operation.SKIP_CONNECT);
    CellSpace space = new CellSpace(2, operations, 2, 1, 16);
    List<Integer> cell = List.of(0, 0, 1, 1, 1, 2, 2, 3); // (input, operation) twice a node
    List<Integer> genes = new ArrayList<>(cell);
    genes.addAll(cell);
    return space.decode(new Architecture(CellSpace.KIND, genes), task);
  }

  private static Result compare(Engine engine, Case one, int rounds, double seconds) {
    TrainingBatches check = images(one, 4, Augmentation.NONE);
    List<Batch> batches = batches(check, one, 4);
    long[] shape = {one.input().channels(), one.input().height(), one.input().width()};
    try (Network network = engine.compile(one.plan(), 1, 1, one.precision());
        BareLoop bare =
            new BareLoop(
                one.bare(),
                batches,
                shape,
                TRAINING.learningRate(),
                TRAINING.weightDecay(),
                TRAINING.gradientClip())) {
      bare.load(network.weights());
      checkSameLosses(one, network, bare, batches);
      int wanted = stepsFor(bare, seconds);
      int epoch =
          Math.min(wanted, PIXEL_BYTES / Math.toIntExact(one.batch() * one.input().elements()));
      int epochs = (wanted + epoch - 1) / epoch;
      int steps = epochs * epoch;
      TrainingBatches examples = images(one, epoch, one.augmentation());
      Trainer trainer = new Trainer(network, examples, Optional.empty(), one.training(), 1);
      List<Time> product = new ArrayList<>();
      List<Time> hand = new ArrayList<>();
      for (int round = -1; round < rounds; round++) { // the first warms up
        Time mine =
            time(
                () ->
                    IntStream.range(0, epochs)
                        .forEach(i -> trainer.train(progress -> {}, () -> false)));
        Time other = time(() -> IntStream.range(0, steps).forEach(bare::step));
        if (round >= 0) {
          product.add(mine);
          hand.add(other);
        }
      }
      double productRate = steps / median(product.stream().map(Time::wall).toList());
      double bareRate = steps / median(hand.stream().map(Time::wall).toList());
      double cpu =
          median(hand.stream().map(Time::cpu).toList())
              / median(product.stream().map(Time::cpu).toList());
      return new Result(
          one, productRate, bareRate, productRate / bareRate, cpu, productRate * one.batch());
    }
  }

  private static void checkSameLosses(
      Case one, Network network, BareLoop bare, List<Batch> batches) {
    Network.Sgd sgd =
        new Network.Sgd(
            TRAINING.learningRate(),
            TRAINING.momentum(),
            TRAINING.weightDecay(),
            TRAINING.gradientClip());
    for (int i = 0; i < batches.size(); i++) {
      double product = network.step(batches.get(i), sgd);
      double other = bare.step(i);
      if (!(Math.abs(product - other) < one.tolerance() * other)) {
        throw new IllegalStateException(
            "%s: step %d has loss %f, by hand %f".formatted(one.name(), i, product, other));
      }
    }
  }

  private static int stepsFor(BareLoop bare, double seconds) {
    IntStream.range(0, 10).forEach(bare::step);
    Time ten = time(() -> IntStream.range(0, 10).forEach(bare::step));
    return Math.max(5, (int) (seconds * 10 / ten.wall()));
  }

  private static Time time(Runnable work) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    work.run();
    return new Time(
        (System.nanoTime() - wall) * 1e-9, (THREADS.getCurrentThreadCpuTime() - cpu) * 1e-9);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Random images: what they show does not matter here. */
  private static TrainingBatches images(Case one, int steps, Augmentation augmentation) {
    SplitMix64 random = new SplitMix64(3);
    int count = steps * one.batch();
    byte[] pixels = new byte[Math.toIntExact(count * one.input().elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    ImageSet set = new ImageSet(new Task(one.input(), CLASSES), pixels, labels);
    int[] all = IntStream.range(0, count).toArray();
    return new TrainingBatches(set, all, Normalization.of(set, all), augmentation);
  }

  private static List<Batch> batches(TrainingBatches source, Case one, int count) {
    List<Batch> batches = new ArrayList<>();
    source.begin(new SplitMix64(1));
    for (int i = 0; i < count; i++) {
      Batch batch = new Batch(one.batch(), Math.toIntExact(one.input().elements()));
      source.next(batch);
      batches.add(batch);
    }
    return batches;
  }

  private static String table(List<Result> results) {
    StringBuilder text = new StringBuilder();
    text.append(
        row("net", "input", "batch", "product", "bare", "ratio", "ratio of CPU", "images/s"));
    for (Result result : results) {
      text.append(
          row(
              result.of().name(),
              result.of().input().toString(),
              result.of().batch(),
              number(result.product()),
              number(result.bare()),
              number(result.ratio()),
              number(result.cpuRatio()),
              number(result.imagesPerSecond())));
    }
    return text.toString();
  }

  private static String row(Object... cells) {
    return "%-15s %-8s %5s %9s %9s %7s %13s %9s%n".formatted(cells);
  }

  private static String json(List<Result> results, int rounds, String device) {
    List<String> cases = new ArrayList<>();
    for (Result result : results) {
      Map<String, Double> numbers = new LinkedHashMap<>();
      numbers.put("productStepsPerSecond", result.product());
      numbers.put("bareStepsPerSecond", result.bare());
      numbers.put("ratio", result.ratio());
      numbers.put("cpuRatio", result.cpuRatio());
      numbers.put("imagesPerSecond", result.imagesPerSecond());
      StringBuilder text =
          new StringBuilder(
              "{\"net\": \"%s\", \"input\": \"%s\", \"batch\": %d, \"precision\": \"%s\""
                  .formatted(
                      result.of().name(),
                      result.of().input(),
                      result.of().batch(),
                      result.of().precision().label()));
      numbers.forEach((name, value) -> text.append(", \"%s\": %s".formatted(name, number(value))));
      cases.add(text.append('}').toString());
    }
    return "{\"bench\": \"engine\", \"device\": \"%s\", \"threads\": 1, \"rounds\": %d, \"cases\": [%s]}"
        .formatted(device, rounds, String.join(", ", cases));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }
}
