package dev.archipelago.deploy.cli;

import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.strategy.random.RandomSearch;
import dev.archipelago.controller.tabular.Fidelity;
import dev.archipelago.controller.tabular.PairedVerdict;
import dev.archipelago.controller.tabular.PowerCurve;
import dev.archipelago.controller.tabular.Protocol;
import dev.archipelago.controller.tabular.Summary;
import dev.archipelago.controller.tabular.TabularBench;
import dev.archipelago.controller.tabular.TestSet;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges strategies against each other by many simulated searches. */
@Command(
    name = "compare",
    description = {
      "Judges strategies by many searches on NAS-Bench-201, without training anything.",
      "Every strategy with its default settings against random, or against the first where random"
          + " is not among them, on the same seeds."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class CompareCommand extends LocalCommand {
  private static final int RUNS = 100;
  private static final int POOL = 500;
  private static final List<Integer> SIZES = List.of(5, 10, 20, 40, 80);
  private static final String VALIDATION = "validation";

  @Mixin private SimulationOptions simulation;

  @Option(
      names = "--strategies",
      paramLabel = "KIND",
      split = ",",
      required = true,
      description = "Two or more, with commas between them.")
  private List<String> strategies;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Searches of each strategy; else 100, with --power 500.")
  private @Nullable Integer runs;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description =
          "Accuracy that counts, of each search's best by validation: validation, or on test images"
              + " cifar10, cifar100, imagenet16-120; else cifar10.")
  private String metric = TestSet.CIFAR10.key();

  @Option(
      names = "--power",
      description =
          "Also how likely a comparison of 5, 10, 20, 40 and 80 pairs of such searches finds a"
              + " strategy better.")
  private boolean power;

  @Override
  ExitCode run(Console console) {
    int count = runs == null ? (power ? POOL : RUNS) : runs;
    check(count);
    Optional<TestSet> set = metric();
    TabularBench bench = simulation.bench(host().environment());
    CompareReport report = compare(bench, set, count);
    if (isJson()) {
      console.print(report.document());
    } else {
      console.print(report.lines());
    }
    return ExitCode.OK;
  }

  private void check(int count) {
    simulation.check();
    if (count < 2 || count > 100_000) {
      throw CommandException.badInput("--runs must be 2 to 100,000, got " + count);
    }
    if (power && count < SIZES.get(0)) {
      throw CommandException.badInput("--power needs --runs 5 or more, got " + count);
    }
    strategies.forEach(kind -> Choice.of("--strategies", kind, Strategies.kindsForTables()));
    if (strategies.size() < 2 || new HashSet<>(strategies).size() < strategies.size()) {
      throw CommandException.badInput("--strategies must name two or more, each once");
    }
  }

  private Optional<TestSet> metric() {
    List<String> names =
        Stream.concat(Stream.of(VALIDATION), Stream.of(TestSet.values()).map(TestSet::key))
            .toList();
    Choice.of("--metric", metric, names);
    return Stream.of(TestSet.values()).filter(set -> set.key().equals(metric)).findFirst();
  }

  private String reference() {
    return strategies.contains(RandomSearch.KIND) ? RandomSearch.KIND : strategies.get(0);
  }

  private CompareReport compare(TabularBench bench, Optional<TestSet> set, int count) {
    double[] others = finals(bench, reference(), set, count);
    List<Integer> sizes = SIZES.stream().filter(size -> power && size <= count).toList();
    List<CompareReport.Row> rows = new ArrayList<>();
    for (String kind : strategies) {
      if (!kind.equals(reference())) {
        double[] own = finals(bench, kind, set, count);
        rows.add(
            new CompareReport.Row(
                kind,
                Summary.of(own),
                PairedVerdict.of(own, others, simulation.seed()),
                PowerCurve.of(own, others, sizes, simulation.seed())));
      }
    }
    return new CompareReport(
        count,
        simulation.seconds(),
        metric,
        simulation.seed(),
        reference(),
        Summary.of(others),
        rows);
  }

  private double[] finals(TabularBench bench, String kind, Optional<TestSet> set, int count) {
    double seconds = simulation.seconds();
    int trials = bench.affordable(seconds, Fidelity.BRIEF.rungs().get(0));
    Protocol protocol =
        new Protocol(
            Strategies.of(kind, trials, Settings.none()),
            new FullEvaluation(),
            Fidelity.BRIEF,
            seconds,
            Integer.MAX_VALUE,
            trials,
            1,
            OptionalInt.empty());
    return bench.finals(protocol, set, count, simulation.seed());
  }
}
