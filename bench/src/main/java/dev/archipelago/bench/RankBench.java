package dev.archipelago.bench;

import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.strategy.shared.KendallTau;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.worker.data.Dataset;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.data.EvaluationBatches;
import dev.archipelago.worker.data.Normalization;
import dev.archipelago.worker.data.Splits;
import dev.archipelago.worker.data.TrainingBatches;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Trainer;
import dev.archipelago.worker.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Does brief training put architectures in the order that long training does? Random architectures
 * of a spec's space, within its constraints, are trained from scratch for several numbers of epochs
 * and with several seeds, each as a trial is; Kendall's tau compares their validation accuracies.
 * Test images are not read.
 */
public final class RankBench {
  private static final int LONG = 18;
  private static final List<Integer> EPOCHS = List.of(1, 3, 9, LONG);

  private final SearchSpec spec;
  private final Dataset dataset;
  private final Splits splits;
  private final Normalization normalization;
  private final List<NetworkPlan> plans;
  private final Path results;
  private final Map<Run, Double> accuracies = new ConcurrentHashMap<>();

  /** One training from scratch. */
  private record Run(int architecture, int seed, int epochs) {}

  private RankBench(SearchSpec spec, Dataset dataset, int architectures, Path results) {
    this.spec = spec;
    this.dataset = dataset;
    this.splits = dataset.train().split(spec.dataset().limit(), spec.split());
    this.normalization = dataset.train().normalization(splits.training());
    this.plans = sample(spec, architectures);
    this.results = results;
  }

  /**
   * @param arguments spec, architectures, seeds, file of results
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "examples/quickstart.yaml");
    int architectures = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
    int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    if (architectures < 2 || seeds < 2) {
      throw new IllegalArgumentException("a rank needs 2 architectures, its yardstick 2 seeds");
    }
    Path results = Path.of(arguments.length > 3 ? arguments[3] : "bench/target/rank.csv");
    Datasets datasets = SpecFile.datasets();
    SearchSpec spec = SpecFile.read(file, List.of(), datasets);
    RankBench bench = new RankBench(spec, datasets.load(spec.dataset()), architectures, results);
    bench.readEarlierResults();
    bench.train(seeds);
    System.out.print(bench.table(seeds));
  }

  /** Different architectures within the constraints, from the spec's seed. */
  private static List<NetworkPlan> sample(SearchSpec spec, int count) {
    SplitMix64 random = SplitMix64.of(spec.seed(), count);
    Set<String> seen = new HashSet<>();
    List<NetworkPlan> plans = new ArrayList<>();
    while (plans.size() < count) {
      Architecture architecture = spec.space().sample(random);
      NetworkPlan plan = spec.space().decode(architecture, spec.dataset().task());
      PlanCost cost = PlanCost.of(plan);
      boolean fits =
          cost.params() <= spec.constraints().params().orElse(Long.MAX_VALUE)
              && cost.flops() <= spec.constraints().flops().orElse(Long.MAX_VALUE);
      if (fits && seen.add(spec.space().fingerprint(architecture))) {
        plans.add(plan);
      }
    }
    return plans;
  }

  private void readEarlierResults() throws IOException {
    if (!Files.exists(results)) {
      Files.createDirectories(results.toAbsolutePath().getParent());
      Files.writeString(results, "architecture,seed,epochs,params,flops,validation_accuracy\n");
      return;
    }
    for (String line : Files.readAllLines(results).stream().skip(1).toList()) {
      String[] cells = line.split(",");
      accuracies.put(
          new Run(
              Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), Integer.parseInt(cells[2])),
          Double.parseDouble(cells[5]));
    }
  }

  private void train(int seeds) throws InterruptedException, ExecutionException {
    ExecutorService cores =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    List<Future<?>> pending = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (int architecture = 0; architecture < plans.size(); architecture++) {
        for (int epochs : EPOCHS) {
          Run run = new Run(architecture, seed, epochs);
          if (!accuracies.containsKey(run)) {
            pending.add(cores.submit(() -> record(run, train(run))));
          }
        }
      }
    }
    cores.shutdown();
    for (Future<?> one : pending) {
      one.get();
    }
  }

  private double train(Run run) {
    Training training = spec.training().withEpochs(run.epochs());
    long seed = SplitMix64.derive(spec.seed(), run.architecture(), run.seed());
    NetworkPlan plan = plans.get(run.architecture());
    try (Engine engine = TorchEngine.onCpu();
        Network network = engine.compile(plan, seed, training.threads())) {
      TrainingBatches examples =
          new TrainingBatches(
              dataset.train(), splits.training(), normalization, training.augmentation());
      EvaluationBatches validation =
          new EvaluationBatches(dataset.train(), splits.validation(), normalization);
      Trainer.Trained trained =
          new Trainer(network, examples, Optional.of(validation), training, seed)
              .train(progress -> {}, () -> false);
      return trained.curve().get(run.epochs() - 1).validation().orElseThrow().accuracy();
    }
  }

  private synchronized Double record(Run run, double accuracy) throws IOException {
    PlanCost cost = PlanCost.of(plans.get(run.architecture()));
    Files.writeString(
        results,
        String.format(
            Locale.ROOT,
            "%d,%d,%d,%d,%d,%.6f%n",
            run.architecture(),
            run.seed(),
            run.epochs(),
            cost.params(),
            cost.flops(),
            accuracy),
        StandardOpenOption.APPEND);
    accuracies.put(run, accuracy);
    return accuracy;
  }

  private String table(int seeds) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d architectures, %d seeds; each seed is compared with the mean of %d epochs over the"
                + " other seeds%n%n",
            plans.size(),
            seeds,
            LONG));
    text.append(
        "| signal | tau, mean over seeds | by seed | mean accuracy | rank of the best"
            + " | long accuracy of its best 3 |\n|---|---|---|---|---|---|\n");
    for (int epochs : EPOCHS) {
      String name = epochs + (epochs == 1 ? " epoch" : " epochs");
      double accuracy =
          IntStream.range(0, seeds).mapToDouble(seed -> average(column(epochs, seed))).sum()
              / seeds;
      text.append(row(name, accuracy, seeds, seed -> column(epochs, seed)));
    }
    text.append(row("parameters", Double.NaN, seeds, seed -> costs(PlanCost::params)));
    text.append(row("FLOPs", Double.NaN, seeds, seed -> costs(PlanCost::flops)));
    return text + spread(seeds);
  }

  /** One signal, for each seed compared with the other seeds' long training. */
  private String row(String name, double accuracy, int seeds, IntFunction<double[]> valuesOfSeed) {
    StringBuilder taus = new StringBuilder();
    StringBuilder ranks = new StringBuilder();
    double tau = 0;
    double top = 0;
    for (int seed = 0; seed < seeds; seed++) {
      double[] values = valuesOfSeed.apply(seed);
      double[] truth = longWithout(seed, seeds);
      double one = KendallTau.of(values, truth);
      taus.append(String.format(Locale.ROOT, " %.2f", one));
      ranks.append(' ').append(1 + better(values, best(truth)));
      tau += one / seeds;
      top +=
          IntStream.range(0, values.length)
                  .filter(i -> better(values, i) < 3)
                  .mapToDouble(i -> truth[i])
                  .average()
                  .orElse(Double.NaN)
              / seeds;
    }
    String mean = Double.isNaN(accuracy) ? "" : String.format(Locale.ROOT, "%.4f", accuracy);
    return String.format(
        Locale.ROOT, "| %s | %.2f |%s | %s |%s | %.4f |%n", name, tau, taus, mean, ranks, top);
  }

  /** How far apart architectures are after long training, and trainings of one architecture. */
  private String spread(int seeds) {
    double[] means = new double[plans.size()];
    double within = 0;
    for (int one = 0; one < means.length; one++) {
      int architecture = one;
      double[] runs =
          IntStream.range(0, seeds).mapToDouble(seed -> column(LONG, seed)[architecture]).toArray();
      means[one] = average(runs);
      within += variance(runs) / means.length;
    }
    double[] sorted = means.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%nafter %d epochs: mean %.4f, architectures from %.4f to %.4f, standard deviation %.4f;"
            + " between trainings of one architecture %.4f%n",
        LONG,
        average(means),
        sorted[0],
        sorted[sorted.length - 1],
        Math.sqrt(variance(means)),
        Math.sqrt(within));
  }

  private double[] column(int epochs, int seed) {
    return IntStream.range(0, plans.size())
        .mapToDouble(
            architecture ->
                accuracies.getOrDefault(new Run(architecture, seed, epochs), Double.NaN))
        .toArray();
  }

  /**
   * The yardstick for a seed: the mean long training of the others, so that no signal shares its
   * weights' first values with what it is judged by.
   */
  private double[] longWithout(int seed, int seeds) {
    double[] sum = new double[plans.size()];
    for (int other = 0; other < seeds; other++) {
      double[] column = column(LONG, other);
      for (int i = 0; other != seed && i < sum.length; i++) {
        sum[i] += column[i] / (seeds - 1);
      }
    }
    return sum;
  }

  private double[] costs(ToLongFunction<PlanCost> cost) {
    return plans.stream().map(PlanCost::of).mapToDouble(cost::applyAsLong).toArray();
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = average(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / (values.length - 1);
  }

  private static int best(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** How many are better than the one. */
  private static int better(double[] values, int one) {
    return (int) IntStream.range(0, values.length).filter(i -> values[i] > values[one]).count();
  }
}
