package dev.archipelago.controller.tabular;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The table as arrays by the cell's number: what a simulation reads again and again. */
final class Columns {
  /** The space has to be whole, so that every proposal has its row. */
  private final Map<Integer, double[]> validation;

  private final double[] secondsPerEpoch = new double[Cells.COUNT];
  private final Map<TestSet, double[]> tests = new EnumMap<>(TestSet.class);

  /**
   * @throws TableException if a row or a value is missing
   */
  Columns(Table table) {
    if (table.entries().size() != Cells.COUNT) {
      throw new TableException(
          "the table has %,d of the space's %,d architectures; a simulation needs all"
              .formatted(table.entries().size(), Cells.COUNT));
    }
    validation = new TreeMap<>();
    for (int epochs : Fidelity.EPOCHS) {
      validation.put(epochs, new double[Cells.COUNT]);
    }
    for (TestSet set : TestSet.values()) {
      tests.put(set, new double[Cells.COUNT]);
    }
    for (Entry entry : table.entries()) {
      int cell = Cells.number(entry.architecture());
      secondsPerEpoch[cell] = entry.secondsPerEpoch();
      validation.forEach(
          (epochs, column) ->
              column[cell] =
                  entry
                      .validation(epochs)
                      .orElseThrow(
                          () -> missing(entry, "validation accuracy after " + epochs + " epochs")));
      tests.forEach(
          (set, column) ->
              column[cell] =
                  entry
                      .test(set)
                      .orElseThrow(() -> missing(entry, "test accuracy on " + set.key())));
    }
  }

  private static TableException missing(Entry entry, String what) {
    return new TableException(
        "architecture %d of the table has no %s; a simulation needs all"
            .formatted(entry.index(), what));
  }

  /** Fractions by the cell's number; not to be changed. */
  double[] validation(int epochs) {
    return Objects.requireNonNull(validation.get(epochs));
  }

  double secondsPerEpoch(int cell) {
    return secondsPerEpoch[cell];
  }

  double meanSecondsPerEpoch() {
    double sum = 0;
    for (double seconds : secondsPerEpoch) {
      sum += seconds;
    }
    return sum / Cells.COUNT;
  }

  double test(TestSet set, int cell) {
    return column(set)[cell];
  }

  double bestTest(TestSet set) {
    double best = 0;
    for (double accuracy : column(set)) {
      best = Math.max(best, accuracy);
    }
    return best;
  }

  private double[] column(TestSet set) {
    return Objects.requireNonNull(tests.get(set));
  }
}
