package dev.archipelago.controller.tabular;

import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Searches on a table without a cluster: many seeds of one strategy, all cores at once.
 *
 * <p>The protocol is that of NAS-Bench-201 (Dong and Yang 2020, arXiv:2001.00326, §4): the search
 * sees validation accuracies that it paid for; the best seen by validation is reported by its test
 * accuracies after 200 epochs. <b>Departs:</b> the table lacks the time of a validation pass, so an
 * evaluation costs its training only. <b>Checked by:</b> {@code TabularBenchTest}.
 */
public final class TabularBench {
  /** A race is given up after so many times the other's time. */
  public static final double PATIENCE = 4;

  private static final int GRID = 60;
  private static final long FULL = 1;
  private static final long SCHEDULED = 2;

  private final Table table;
  private final Columns columns;

  /**
   * @throws TableException if the table is not whole
   */
  public TabularBench(Table table) {
    this.table = table;
    this.columns = new Columns(table);
  }

  /** How many evaluations of so many epochs a budget pays for, at the table's mean cost. */
  public int affordable(double seconds, double epochs) {
    double count = seconds / (epochs * columns.meanSecondsPerEpoch());
    return (int) Math.max(1, Math.min(1_000_000, count));
  }

  /** The policy of {@link #flopsArgmax} that evaluates: descending FLOPs, the best is kept. */
  public StrategyKind flopsSweep() {
    return FlopsSweep.of(table);
  }

  /**
   * Runs a protocol with different seeds.
   *
   * @param runs at least 1
   */
  public BenchResult run(Protocol protocol, int runs, long seed) {
    return result(simulate(protocol, runs, seed), protocol.seconds());
  }

  private List<Run> simulate(Protocol protocol, int runs, long seed) {
    return IntStream.range(0, runs)
        .parallel()
        .mapToObj(run -> Simulation.run(columns, protocol, SplitMix64.derive(seed, run)))
        .toList();
  }

  /**
   * What each run reports at its end, a fraction. Place i has the same seed whatever the protocol,
   * so that two strategies can be compared pair by pair: {@link PairedVerdict}.
   *
   * @param metric the test accuracy on this set after 200 epochs; empty: the best validation
   *     accuracy
   * @param runs at least 1
   */
  public double[] finals(Protocol protocol, Optional<TestSet> metric, int runs, long seed) {
    return simulate(protocol, runs, seed).stream()
        .map(Run::best)
        .mapToDouble(
            best ->
                metric
                    .map(set -> columns.test(set, best.cell()))
                    .orElseGet(() -> best.validation()))
        .toArray();
  }

  /** The architecture with the most FLOPs, nothing evaluated. */
  public BenchResult flopsArgmax() {
    Entry most =
        table.entries().stream()
            .max(Comparator.comparingLong(Entry::flops).thenComparing(Entry::index))
            .orElseThrow();
    int cell = Cells.number(most.architecture());
    double validation = columns.validation(Fidelity.EPOCHS.get(0))[cell];
    Run run = new Run(List.of(new Incumbent(0, cell, 0, validation)), 0, 0, 0);
    return result(List.of(run), 0);
  }

  private BenchResult result(List<Run> runs, double seconds) {
    Map<TestSet, Summary> tests = new EnumMap<>(TestSet.class);
    for (TestSet set : TestSet.values()) {
      tests.put(set, summary(runs, run -> columns.test(set, run.best().cell())));
    }
    return new BenchResult(
        runs.size(),
        summary(runs, run -> run.best().validation()),
        tests,
        summary(runs, Run::evaluations),
        summary(runs, Run::configurations),
        summary(runs, Run::seconds),
        curve(runs, seconds));
  }

  private static Summary summary(List<Run> runs, ToDoubleFunction<Run> value) {
    return Summary.of(runs.stream().mapToDouble(value).toArray());
  }

  private List<CurvePoint> curve(List<Run> runs, double seconds) {
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 1; i <= GRID; i++) {
      double time = seconds * i / GRID;
      List<Incumbent> then = new ArrayList<>();
      for (Run run : runs) {
        Incumbent last = null;
        for (Incumbent incumbent : run.incumbents()) {
          if (incumbent.seconds() <= time) {
            last = incumbent;
          }
        }
        if (last != null) {
          then.add(last);
        }
      }
      if (then.size() == runs.size() && Double.isFinite(time)) {
        points.add(point(time, then));
      }
    }
    return points;
  }

  private CurvePoint point(double time, List<Incumbent> incumbents) {
    Map<TestSet, Double> regret = new EnumMap<>(TestSet.class);
    for (TestSet set : TestSet.values()) {
      double best = columns.bestTest(set);
      regret.put(set, mean(incumbents, incumbent -> best - columns.test(set, incumbent.cell())));
    }
    return new CurvePoint(time, mean(incumbents, Incumbent::validation), regret);
  }

  private static double mean(List<Incumbent> incumbents, ToDoubleFunction<Incumbent> value) {
    return incumbents.stream().mapToDouble(value).average().orElseThrow();
  }

  /**
   * The protocol's schedule against full evaluation of the same strategy on the top rung, both with
   * their own seeds.
   *
   * @param configurations that the other evaluates in full, at least 1
   */
  public RaceResult race(Protocol protocol, int configurations, int runs, long seed) {
    double[] ratios =
        IntStream.range(0, runs)
            .parallel()
            .mapToDouble(run -> ratio(protocol, configurations, SplitMix64.derive(seed, run)))
            .sorted()
            .toArray();
    long reached = Arrays.stream(ratios).filter(Double::isFinite).count();
    return new RaceResult(
        runs,
        configurations,
        quantile(ratios, 0.25),
        quantile(ratios, 0.5),
        quantile(ratios, 0.75),
        (double) reached / runs);
  }

  private double ratio(Protocol protocol, int configurations, long seed) {
    Protocol full = protocol.with(new FullEvaluation(), Double.POSITIVE_INFINITY, configurations);
    Run other = Simulation.run(columns, full, SplitMix64.derive(seed, FULL));
    Protocol scheduled =
        protocol.with(protocol.scheduler(), PATIENCE * other.seconds(), protocol.configurations());
    Run run = Simulation.run(columns, scheduled, SplitMix64.derive(seed, SCHEDULED));
    for (Incumbent incumbent : run.incumbents()) {
      if (incumbent.rung() == protocol.fidelity().top()
          && incumbent.validation() >= other.best().validation()) {
        return incumbent.seconds() / other.seconds();
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Of sorted values, the one in the place nearest to the quantile's. */
  private static double quantile(double[] sorted, double q) {
    return sorted[(int) Math.round(q * (sorted.length - 1))];
  }
}
