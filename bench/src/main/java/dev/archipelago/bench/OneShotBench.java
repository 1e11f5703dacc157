package dev.archipelago.bench;

import dev.archipelago.controller.search.SearchFold;
import dev.archipelago.controller.space.Supernets;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.oneshot.OneShot;
import dev.archipelago.controller.strategy.shared.KendallTau;
import dev.archipelago.controller.tabular.Entry;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.evaluate.Evaluations;
import dev.archipelago.worker.evaluate.ProgressReports;
import dev.archipelago.worker.torch.TorchEngine;
import dev.archipelago.worker.weights.WeightStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * How well shared weights rank the cells of NAS-Bench-201: those of a spec's {@code one-shot}
 * search, trained round by round as workers train them, score random cells as they score the
 * search's generations, and Kendall's tau compares the scores with the table's validation
 * accuracies. So 200 networks cost no training of their own.
 *
 * <p>Parts of a round train at once and are merged, so that the weights see the steps of one part
 * in a row. A tau with FLOPs below 0 says that the weights favour what has none.
 *
 * <p>The yardstick is the mean validation accuracy after 200 epochs, which is what a ranking is
 * for; beside it that after the 12 epochs that a search on the table sees, and the networks' FLOPs
 * and parameters, which cost nothing. Test accuracies are not used.
 */
public final class OneShotBench {
  /** Of the rounds, until the next build begins from nothing. */
  private static final Path WEIGHTS = Path.of("bench/target/one-shot");

  private final SearchSpec spec;
  private final SharedSpace space;
  private final Table table;
  private final Evaluations evaluations;

  /** A cell with its score by shared weights. */
  private record Scored(Entry entry, double accuracy) {}

  private OneShotBench(SearchSpec spec, Datasets datasets, Table table) {
    if (!(spec.strategy() instanceof OneShot)
        || !(spec.space() instanceof SharedSpace shared)
        || !shared.kind().equals("nasbench201")) {
      throw new IllegalArgumentException("the spec must have one-shot on nasbench201");
    }
    this.spec = spec;
    this.space = shared;
    this.table = table;
    this.evaluations =
        new Evaluations(datasets, new WeightStores.Directory(WEIGHTS), System::nanoTime);
  }

  /**
   * @param arguments table, spec, cells, seeds
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("give NAS-Bench-201's table as CSV");
    }
    Table table = Table.read(Path.of(arguments[0]));
    Path file = Path.of(arguments.length > 1 ? arguments[1] : "examples/one-shot.yaml");
    int cells = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
    int seeds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
    if (cells < 2 || cells > 1000) {
      throw new IllegalArgumentException("of 2 to 1000 cells");
    }
    Datasets datasets = SpecFile.datasets();
    System.out.print(
        "| seed | cells | steps | in a row | accuracies | tau, 200 epochs | tau, 12 epochs | with"
            + " FLOPs | 12 with 200 epochs | FLOPs' tau | parameters' tau | standard error |\n"
            + "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (int seed = 1; seed <= seeds; seed++) {
      SearchSpec spec = SpecFile.read(file, List.of("seed=" + seed), datasets);
      System.out.print(new OneShotBench(spec, datasets, table).row(cells));
    }
  }

  private String row(int cells) {
    Strategy strategy = SearchFold.kind(spec, Arm.MAIN).start(SearchFold.context(spec, Arm.MAIN));
    int steps = 0;
    for (int proposal = 0; ; proposal++) {
      // No round fails here unseen, so that there is always a next one.
      Ask.Share asked = (Ask.Share) strategy.ask(proposal, new SplitMix64(0));
      Round round = asked.round();
      if (round.work() instanceof Round.Work.ScorePaths generation) {
        return row(scored(proposal, round, generation.scoring(), sample(cells)), steps);
      }
      steps += round.work().size();
      strategy = strategy.tell(told(proposal, asked, measured(proposal, round)));
    }
  }

  /** Cells, as a generation of the search is scored. */
  private List<Scored> scored(
      int proposal, Round generation, Round.Scoring scoring, List<Entry> entries) {
    List<List<Integer>> paths =
        entries.stream().map(entry -> space.path(entry.architecture())).toList();
    Round round =
        new Round(
            generation.net(),
            generation.weights(),
            new Round.Work.ScorePaths(paths, scoring),
            List.of());
    List<Score> scores = measured(proposal, round).round().orElseThrow().scores();
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      scored.add(new Scored(entries.get(i), scores.get(i).accuracy()));
    }
    return scored;
  }

  /** Different networks that the table knows, from the spec's seed. */
  private List<Entry> sample(int count) {
    SplitMix64 random = SplitMix64.of(spec.seed(), count);
    Set<String> seen = new HashSet<>();
    List<Entry> entries = new ArrayList<>();
    while (entries.size() < count) {
      Architecture architecture = space.sample(random);
      if (seen.add(space.fingerprint(architecture))) {
        table.find(architecture).ifPresent(entries::add);
      }
    }
    return entries;
  }

  /** What a worker would report. */
  private Measurement measured(int proposal, Round round) {
    Supernet supernet = Supernets.of(space, round.net(), spec.dataset().task());
    TrialId trial = new TrialId(new SearchId("bench"), proposal);
    Assignment assignment =
        new Assignment(
            trial,
            1,
            Stage.SEARCH,
            supernet.plan(),
            spec.dataset(),
            spec.split(),
            new Evaluation.Share(supernet.rows(), round),
            spec.training(),
            spec.profiling(),
            SplitMix64.derive(spec.seed(), proposal));
    ProgressReports silent =
        new ProgressReports(new Attempt(trial, 1), 1, progress -> {}, System::nanoTime);
    try (Engine engine = TorchEngine.onCpu()) {
      return evaluations.measure(assignment, engine, silent, () -> false);
    }
  }

  private static Told told(int proposal, Ask.Share asked, Measurement measured) {
    Told.RoundResult result =
        new Told.RoundResult(
            measured.round().orElseThrow(),
            measured.checkpoint().orElseThrow(),
            measured.validation());
    return new Told(proposal, asked.shown(), OptionalDouble.empty(), Optional.of(result));
  }

  private String row(List<Scored> scored, int steps) {
    double[] scores = column(scored, Scored::accuracy);
    double[] yardstick = column(scored, one -> one.entry().validation(200).orElseThrow());
    double[] early = column(scored, one -> one.entry().validation(12).orElseThrow());
    DoubleSummaryStatistics accuracies = DoubleStream.of(scores).summaryStatistics();
    return String.format(
        Locale.ROOT,
        "| %d | %d | %d | %d | %.2f, %.2f to %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f"
            + " |%n",
        spec.seed(),
        scored.size(),
        steps,
        steps / ((OneShot) spec.strategy()).parts(),
        accuracies.getAverage(),
        accuracies.getMin(),
        accuracies.getMax(),
        KendallTau.of(scores, yardstick),
        KendallTau.of(scores, early),
        KendallTau.of(scores, column(scored, one -> one.entry().flops())),
        KendallTau.of(early, yardstick),
        KendallTau.of(column(scored, one -> one.entry().flops()), yardstick),
        KendallTau.of(column(scored, one -> one.entry().params()), yardstick),
        KendallTau.standardError(scored.size()));
  }

  private static double[] column(List<Scored> scored, ToDoubleFunction<Scored> value) {
    return scored.stream().mapToDouble(value).toArray();
  }
}
