package dev.archipelago.bench;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SpecParser;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.Task;
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
    this.splits = Splits.of(dataset.train(), spec.dataset().limit(), spec.split());
    this.normalization = Normalization.of(dataset.train(), splits.training());
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
    Path results = Path.of(arguments.length > 3 ? arguments[3] : "bench/target/rank.csv");
    Datasets datasets =
        new Datasets(Path.of(System.getProperty("user.home"), ".archipelago", "datasets"));
    SearchSpec spec = read(file, datasets);
    RankBench bench = new RankBench(spec, datasets.load(spec.dataset()), architectures, results);
    bench.readEarlierResults();
    bench.train(seeds);
    System.out.print(bench.table(seeds));
  }

  private static SearchSpec read(Path file, Datasets datasets) throws IOException {
    DatasetProbe probe =
        new DatasetProbe() {
          @Override
          public List<String> names() {
            return datasets.names();
          }

          @Override
          public Task probe(String name, String path, int imageSize) {
            return datasets.probe(name, path, imageSize);
          }
        };
    return SpecParser.parse(Files.readString(file), file.toString(), List.of(), probe);
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
            "%d architectures, %d seeds; tau-b with the mean of %d epochs over all seeds%n%n",
            plans.size(),
            seeds,
            LONG));
    text.append(
        "| signal | tau, mean over seeds | by seed | mean accuracy | best 3 hold the best |\n");
    text.append("|---|---|---|---|---|\n");
    double[] truth = mean(LONG, seeds);
    for (int epochs : EPOCHS) {
      double[] taus = new double[seeds];
      int found = 0;
      for (int seed = 0; seed < seeds; seed++) {
        // The long training is compared with the other seeds' mean, not with itself.
        double[] other = epochs == LONG && seeds > 1 ? meanWithout(seed, seeds) : truth;
        taus[seed] = KendallTau.of(column(epochs, seed), other);
        found += rank(column(epochs, seed), best(other)) < 3 ? 1 : 0;
      }
      text.append(
          row(
              epochs + (epochs == 1 ? " epoch" : " epochs"),
              taus,
              IntStream.range(0, seeds)
                  .mapToDouble(seed -> average(column(epochs, seed)))
                  .average()
                  .orElse(Double.NaN),
              found + " of " + seeds));
    }
    text.append(row("parameters", new double[] {KendallTau.of(costs(true), truth)}, 0, ""));
    text.append(row("FLOPs", new double[] {KendallTau.of(costs(false), truth)}, 0, ""));
    return text.toString();
  }

  private static String row(String name, double[] taus, double accuracy, String found) {
    StringBuilder each = new StringBuilder();
    for (double tau : taus) {
      each.append(String.format(Locale.ROOT, " %.2f", tau));
    }
    return String.format(
        Locale.ROOT,
        "| %s | %.2f |%s | %s | %s |%n",
        name,
        average(taus),
        each,
        accuracy == 0 ? "" : String.format(Locale.ROOT, "%.4f", accuracy),
        found);
  }

  private double[] column(int epochs, int seed) {
    return IntStream.range(0, plans.size())
        .mapToDouble(
            architecture ->
                accuracies.getOrDefault(new Run(architecture, seed, epochs), Double.NaN))
        .toArray();
  }

  private double[] mean(int epochs, int seeds) {
    double[] sum = new double[plans.size()];
    for (int seed = 0; seed < seeds; seed++) {
      double[] column = column(epochs, seed);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += column[i] / seeds;
      }
    }
    return sum;
  }

  private double[] meanWithout(int seed, int seeds) {
    double[] all = mean(LONG, seeds);
    double[] own = column(LONG, seed);
    return IntStream.range(0, all.length)
        .mapToDouble(i -> (all[i] * seeds - own[i]) / (seeds - 1))
        .toArray();
  }

  private double[] costs(boolean params) {
    return plans.stream()
        .map(PlanCost::of)
        .mapToDouble(cost -> params ? cost.params() : cost.flops())
        .toArray();
  }

  private static double average(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static int best(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** How many are better than the one. */
  private static int rank(double[] values, int one) {
    return (int) IntStream.range(0, values.length).filter(i -> values[i] > values[one]).count();
  }
}
