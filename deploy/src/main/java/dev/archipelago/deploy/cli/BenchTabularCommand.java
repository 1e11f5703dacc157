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

  @Mixin private SimulationOptions simulation;

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
              + " rung without it (40), as a ratio of their time. --seconds then says only how"
              + " many trials the strategy's defaults are for.")
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
    TabularBench bench = simulation.bench(host().environment());
    switch (strategy) {
      case FLOPS_ARGMAX -> report(console, argmax(bench), start);
      case FLOPS_SWEEP -> report(console, run(bench, sweep(bench), 1), start);
      default -> {
        Protocol protocol = protocol(bench);
        if (race == null) {
          report(console, run(bench, protocol, runs), start);
        } else {
          race(console, bench, protocol, race);
        }
      }
    }
    return ExitCode.OK;
  }

  // --- What was given

  private void check() {
    simulation.check();
    within("--runs", runs, 1, 100_000);
    within("--workers", workers, 1, 10_000);
    if (window != null) {
      within("--window", window, 1, 1_000_000);
    }
    if (trials != null) {
      within("--trials", trials, 1, 1_000_000);
    }
    if (race != null) {
      within("--race", race, 1, 10_000);
    }
    List<String> strategies = new ArrayList<>(Strategies.kindsForTables());
    strategies.addAll(List.of(FLOPS_ARGMAX, FLOPS_SWEEP));
    Choice.of("--strategy", strategy, strategies);
    Choice.of("--schedule", schedule, Schedulers.kinds());
    refuseWhatHasNoMeaning();
  }

  private void refuseWhatHasNoMeaning() {
    boolean argmax = strategy.equals(FLOPS_ARGMAX);
    if (argmax || strategy.equals(FLOPS_SWEEP)) {
      refuse(
          strategy + " is no search and has one run, without settings or schedule",
          "--set",
          "--runs",
          "--seed",
          "--window",
          "--trials",
          "--schedule",
          "--eta",
          "--continued",
          "--race");
    }
    if (argmax) {
      refuse(strategy + " evaluates nothing", "--seconds", "--workers", "--rungs", "--curve");
    }
    if (schedule.equals(FullEvaluation.KIND)) {
      refuse(
          "it compares a schedule with none: give one, --schedule asha --rungs 12,200", "--race");
      refuse("without --schedule nothing is trained in steps", "--continued");
    }
    if (race != null) {
      refuse("a race ends with the schedule's first result as good", "--curve");
    }
  }

  private static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw CommandException.badInput(
          "%s must be %,d to %,d, got %d".formatted(option, least, most, value));
    }
  }

  private Protocol protocol(TabularBench bench) {
    Fidelity fidelity = fidelity();
    // Without a schedule every training is as long as the top rung.
    List<Integer> epochs = fidelity.rungs();
    boolean full = schedule.equals(FullEvaluation.KIND);
    int entry = epochs.get(full ? epochs.size() - 1 : 0);
    double seconds = simulation.seconds();
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

  private TabularReport argmax(TabularBench bench) {
    return TabularReport.of(FLOPS_ARGMAX, simulation.seed(), bench.flopsArgmax());
  }

  private TabularReport run(TabularBench bench, Protocol protocol, int times) {
    long seed = simulation.seed();
    return TabularReport.of(protocol, seed, bench.run(protocol, times, seed));
  }

  private Protocol sweep(TabularBench bench) {
    return new Protocol(
        bench.flopsSweep(),
        new FullEvaluation(),
        fidelity(),
        simulation.seconds(),
        Integer.MAX_VALUE,
        1,
        workers,
        OptionalInt.empty());
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
    long seed = simulation.seed();
    RaceResult result = bench.race(protocol, others, runs, seed);
    if (isJson()) {
      console.print(TabularReport.race(protocol, seed, result));
    } else {
      console.print(TabularReport.raceLines(protocol, result));
    }
  }
}
