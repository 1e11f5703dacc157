package dev.archipelago.controller.strategy.darts;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.RelaxedSpace;
import dev.archipelago.protocol.space.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What alphas say of a space's cells, and what kind of cells these are.
 *
 * @param derivesNone whether an edge may be left out of a cell because {@code none} is its
 *     strongest option; otherwise that has no say, as in DARTS's paper (§2.4): the strength of
 *     zeros is undetermined, as batch norms undo what it changes
 * @param rows of the space's relaxation
 */
record CellReader(RelaxedSpace space, int channelShare, boolean derivesNone, List<Row> rows) {
  private static final String NONE = "none";
  private static final String SKIP = "skip_connect";

  /** Operations without a number to train. */
  private static final Set<String> WEIGHTLESS = Set.of(NONE, SKIP, "max_pool_3x3", "avg_pool_3x3");

  /** DARTS's own published reduction cells are pools and skips only: there it means nothing. */
  private static final String REDUCTION = "reduction/";

  static CellReader of(RelaxedSpace space, int channelShare, boolean derivesNone) {
    return new CellReader(space, channelShare, derivesNone, space.relaxedRows(channelShare));
  }

  Architecture derive(Ragged alphas) {
    return derived(Darts.probabilities(alphas));
  }

  /**
   * @param probabilities softmax(alpha)
   */
  Architecture derived(Ragged probabilities) {
    return space.derive(choosable(probabilities), channelShare);
  }

  /** With 0 for what may not be derived. */
  private Ragged choosable(Ragged probabilities) {
    if (derivesNone) {
      return probabilities;
    }
    List<List<Double>> left = new ArrayList<>(probabilities.rows());
    for (int i = 0; i < rows.size(); i++) {
      if (isEdge(rows.get(i))) {
        List<Double> row = new ArrayList<>(probabilities.row(i));
        row.set(rows.get(i).options().indexOf(NONE), 0.0);
        left.set(i, row);
      }
    }
    return new Ragged(left);
  }

  /** A row of an edge, whose options are operations; other rows weigh edges. */
  private static boolean isEdge(Row row) {
    return row.options().contains(NONE);
  }

  /** An edge of a cell that keeps the map. */
  private static boolean counts(Row row) {
    return isEdge(row) && !row.name().startsWith(REDUCTION);
  }

  /** The operations that a path takes on the edges that count. */
  private List<String> operations(List<Integer> path) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (counts(rows.get(i)) && path.get(i) >= 0) {
        String operation = rows.get(i).options().get(path.get(i));
        if (!operation.equals(NONE)) {
          taken.add(operation);
        }
      }
    }
    return taken;
  }

  /** Whether the space has any operation with weights for such a cell. */
  boolean canLearn() {
    return rows.stream()
        .filter(CellReader::counts)
        .flatMap(row -> row.options().stream())
        .anyMatch(option -> !WEIGHTLESS.contains(option));
  }

  /** Whether a cell that keeps the map has a live operation with weights. */
  boolean learns(Architecture architecture) {
    List<Integer> path = space.livePath(architecture, channelShare);
    return operations(path).stream().anyMatch(taken -> !WEIGHTLESS.contains(taken));
  }

  /**
   * How many of an architecture's operations are skip connections, in excess of chance: 0 is as
   * many as by chance, 1 all of them, or no operation at all; it is negative below chance. Dead
   * operations count, too: what the alphas say of them is as telling, and fewer are noisier.
   */
  double skips(Architecture architecture) {
    List<String> taken = operations(space.relaxedPath(architecture, channelShare));
    if (taken.isEmpty()) {
      return 1;
    }
    double share = (double) Collections.frequency(taken, SKIP) / taken.size();
    int operations =
        rows.stream()
            .filter(CellReader::counts)
            .mapToInt(row -> row.options().size() - 1)
            .max()
            .orElse(1);
    double chance = 1.0 / operations;
    return operations == 1 ? 0 : (share - chance) / (1 - chance);
  }

  /** Mean over the edges of the probabilities' entropy, as a share of the largest possible. */
  double entropy(Ragged probabilities) {
    return IntStream.range(0, rows.size())
        .filter(i -> isEdge(rows.get(i)))
        .mapToDouble(i -> entropy(probabilities.row(i)))
        .average()
        .orElse(1);
  }

  private static double entropy(List<Double> row) {
    double entropy = 0;
    for (double p : row) {
      entropy -= p > 0 ? p * StrictMath.log(p) : 0;
    }
    return row.size() == 1 ? 1 : entropy / StrictMath.log(row.size());
  }

  /** Mean over the edges of the strongest option's probability over that of chance; at least 1. */
  double lead(Ragged probabilities) {
    return IntStream.range(0, rows.size())
        .filter(i -> isEdge(rows.get(i)))
        .mapToDouble(i -> Collections.max(probabilities.row(i)) * probabilities.row(i).size())
        .average()
        .orElse(1);
  }

  /**
   * A cell that learns, as near to what the alphas say as can be: where operations with weights are
   * least behind those without, these are taken away, edge by edge until it is one.
   */
  Architecture deriveLearning(Ragged alphas) {
    Ragged probabilities = Darts.probabilities(alphas);
    List<Integer> order =
        IntStream.range(0, rows.size())
            .filter(i -> counts(rows.get(i)))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -margin(i, probabilities.row(i))))
            .toList();
    List<List<Double>> left = new ArrayList<>(choosable(probabilities).rows());
    Architecture derived = derived(probabilities);
    for (int i = 0; i < order.size() && !learns(derived); i++) {
      int row = order.get(i);
      left.set(row, withWeightsOnly(rows.get(row).options(), probabilities.row(row)));
      derived = space.derive(new Ragged(left), channelShare);
    }
    return derived;
  }

  /** How far the strongest operation with weights is ahead. */
  private double margin(int row, List<Double> probabilities) {
    double with = 0;
    double without = 0;
    for (int i = 0; i < probabilities.size(); i++) {
      if (WEIGHTLESS.contains(rows.get(row).options().get(i))) {
        without = Math.max(without, probabilities.get(i));
      } else {
        with = Math.max(with, probabilities.get(i));
      }
    }
    return with - without;
  }

  private static List<Double> withWeightsOnly(List<String> options, List<Double> probabilities) {
    List<Double> left = new ArrayList<>();
    for (int i = 0; i < probabilities.size(); i++) {
      left.add(WEIGHTLESS.contains(options.get(i)) ? 0 : probabilities.get(i));
    }
    return left;
  }
}
