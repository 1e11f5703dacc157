package dev.archipelago.deploy.cli;

import dev.archipelago.controller.schedule.Schedulers;
import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.schedule.halving.SuccessiveHalving;
import dev.archipelago.controller.spec.PolicySettings;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.tabular.Fidelity;
import dev.archipelago.controller.tabular.Protocol;
import dev.archipelago.controller.tabular.RaceResult;
import dev.archipelago.controller.tabular.TabularBench;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.exit.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Simulates a strategy on NAS-Bench-201, many times. */
@Command(
    name = "tabular",
    description = {
      "Simulates a strategy on NAS-Bench-201, many times, without training anything.",
      "An evaluation costs its training time of a simulated clock; the best seen by validation is"
          + " reported by its test accuracies after 200 epochs."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class BenchTabularCommand extends LocalCommand {
  private static final String FLOPS_ARGMAX = "flops-argmax";
  private static final String FLOPS_SWEEP = "flops-sweep";

  @Mixin private TableOption table;

  @Option(
      names = "--strategy",
      paramLabel = "KIND",
      required = true,
      description =
          "A strategy as in a spec, or a row without a search: flops-argmax, flops-sweep.")
  private String strategy;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the strategy, or of the schedule: --set schedule.grace=1. May be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--runs", paramLabel = "N", description = "Searches; else 500.")
  private int runs = 500;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Budget of one search on the simulated clock; else 12000.")
  private double seconds = 12_000;

  @Option(names = "--seed", paramLabel = "SEED", description = "Of all runs together; else 1.")
  private long seed = 1;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Evaluations at the same time on the simulated clock; else 1.")
  private int workers = 1;

  @Option(
      names = "--window",
      paramLabel = "W",
      description =
          "Proposal n is asked when exactly the outcomes up to n - W are told; else each is told"
              + " when it arrives.")
  private @Nullable Integer window;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description =
          "Configurations that a schedule starts at most, and what the strategy's defaults follow;"
              + " else what the seconds pay for.")
  private @Nullable Integer trials;

  @Option(
      names = "--schedule",
      paramLabel = "KIND",
      description = "A schedule as in a spec; else every training is as long as the longest rung.")
  private String schedule = FullEvaluation.KIND;

  @Option(
      names = "--rungs",
      paramLabel = "EPOCHS",
      split = ",",
      description = "12, 200 or 12,200, which are the table's trainings; else 12.")
  private List<Integer> rungs = List.of();

  @Option(names = "--eta", paramLabel = "N", description = "Short for --set schedule.eta=N.")
  private @Nullable Integer eta;

  @Option(
      names = "--continued",
      description =
          "A rung costs only the epochs beyond the rung below; else every rung trains from"
              + " scratch, as the table's trainings did.")
  private boolean continued;

  @Option(
      names = "--race",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "40",
      description =
          "Instead: when the schedule's best is as good as the best of N evaluations on the top"
              + " rung without it (40), as a ratio of their time.")
  private @Nullable Integer race;

  @Option(
      names = "--curve",
      paramLabel = "FILE",
      description = "Writes validation and test regret against simulated seconds, as CSV.")
  private @Nullable Path curve;

  @Override
  ExitCode run(Console console) {
    check();
    long start = System.nanoTime();
    TabularBench bench = table.bench(host().environment());
    if (strategy.equals(FLOPS_ARGMAX) || strategy.equals(FLOPS_SWEEP)) {
      alone(strategy);
      report(console, flops(bench), start);
    } else {
      Protocol protocol = protocol(bench);
      if (race == null) {
        report(console, TabularReport.of(protocol, seed, bench.run(protocol, runs, seed)), start);
      } else {
        race(console, bench, protocol, race);
      }
    }
    return ExitCode.OK;
  }

  // --- What was given

  private void check() {
    within("--runs", runs, 1, 100_000);
    within("--workers", workers, 1, 10_000);
    if (!(seconds > 0 && seconds <= 1e9)) {
      throw CommandException.badInput("--seconds must be more than 0 and at most 1e9");
    }
    if (window != null) {
      within("--window", window, 1, 1_000_000);
    }
    if (trials != null) {
      within("--trials", trials, 1, 1_000_000);
    }
    if (race != null) {
      within("--race", race, 1, 10_000);
      if (schedule.equals(FullEvaluation.KIND)) {
        throw CommandException.badInput(
            "--race compares a schedule with none: give one, --schedule asha --rungs 12,200");
      }
      if (curve != null) {
        throw CommandException.badInput("--race has no --curve: leave one out");
      }
    }
    List<String> strategies = new ArrayList<>(Strategies.kinds());
    strategies.addAll(List.of(FLOPS_ARGMAX, FLOPS_SWEEP));
    oneOf("--strategy", strategy, strategies);
    oneOf("--schedule", schedule, Schedulers.kinds());
  }

  private static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw CommandException.badInput(
          "%s must be %,d to %,d, got %d".formatted(option, least, most, value));
    }
  }

  private static void oneOf(String option, String given, List<String> kinds) {
    if (!kinds.contains(given)) {
      throw CommandException.badInput(
          option
              + ": there is no "
              + given
              + Nearest.hint(given, kinds)
              + "; there are "
              + String.join(", ", kinds));
    }
  }

  private void alone(String row) {
    if (!settings.isEmpty() || eta != null || !schedule.equals(FullEvaluation.KIND)) {
      throw CommandException.badInput(row + " has no settings and no schedule: leave them out");
    }
    if (race != null) {
      throw CommandException.badInput("--race needs a strategy that searches, not " + row);
    }
  }

  private Protocol protocol(TabularBench bench) {
    Fidelity fidelity = fidelity();
    // Without a schedule every training is as long as the top rung.
    List<Integer> epochs = fidelity.rungs();
    boolean full = schedule.equals(FullEvaluation.KIND);
    int entry = epochs.get(full ? epochs.size() - 1 : 0);
    int expected = trials == null ? bench.affordable(seconds * workers, entry) : trials;
    List<String> pairs = new ArrayList<>(settings);
    if (eta != null) {
      pairs.add("schedule.eta=" + eta);
    }
    PolicySettings policy = PolicySettings.read(strategy, expected, schedule, pairs);
    if (policy.scheduler() instanceof SuccessiveHalving halving
        && halving.configurations() == 0
        && trials == null) {
      throw CommandException.badInput(
          "successive-halving needs to know its brackets: give --trials N, or"
              + " --set schedule.configurations=N");
    }
    return new Protocol(
        policy.strategy(),
        policy.scheduler(),
        fidelity,
        seconds,
        trials == null ? Integer.MAX_VALUE : trials,
        expected,
        workers,
        window == null ? OptionalInt.empty() : OptionalInt.of(window));
  }

  private Fidelity fidelity() {
    try {
      return new Fidelity(rungs.isEmpty() ? Fidelity.BRIEF.rungs() : rungs, continued);
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput("--rungs: " + e.getMessage());
    }
  }

  // --- What comes out

  private TabularReport flops(TabularBench bench) {
    if (strategy.equals(FLOPS_ARGMAX)) {
      return TabularReport.of(FLOPS_ARGMAX, seed, bench.flopsArgmax());
    }
    Protocol protocol =
        new Protocol(
            bench.flopsSweep(),
            new FullEvaluation(),
            fidelity(),
            seconds,
            Integer.MAX_VALUE,
            1,
            workers,
            OptionalInt.empty());
    return TabularReport.of(protocol, seed, bench.run(protocol, 1, seed));
  }

  private void report(Console console, TabularReport report, long start) {
    if (curve != null) {
      write(curve, report.curve());
    }
    double wall = (System.nanoTime() - start) / 1e9;
    if (isJson()) {
      console.print(report.document(wall));
    } else {
      console.print(report.lines(wall));
    }
  }

  private static void write(Path file, List<String> lines) {
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw CommandException.failed("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private void race(Console console, TabularBench bench, Protocol protocol, int others) {
    RaceResult result = bench.race(protocol, others, runs, seed);
    if (isJson()) {
      console.print(TabularReport.race(protocol, seed, result));
    } else {
      console.print(TabularReport.raceLines(protocol, result));
    }
  }
}
