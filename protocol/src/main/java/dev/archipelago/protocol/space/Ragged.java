package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Rows of numbers, not all of one length: one number for each option of each {@link Row}. */
public record Ragged(List<List<Double>> rows) {
  public Ragged {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** One number everywhere. */
  public static Ragged filled(List<Row> rows, double value) {
    return new Ragged(
        rows.stream().map(row -> Collections.nCopies(row.options().size(), value)).toList());
  }

  public int size() {
    return rows.size();
  }

  public List<Double> row(int row) {
    return rows.get(row);
  }

  public double get(int row, int option) {
    return rows.get(row).get(option);
  }

  public Ragged map(DoubleUnaryOperator function) {
    return new Ragged(
        rows.stream().map(row -> row.stream().map(function::applyAsDouble).toList()).toList());
  }

  /**
   * Number by number.
   *
   * @throws IllegalArgumentException if the other has other rows
   */
  public Ragged with(Ragged other, DoubleBinaryOperator function) {
    if (!fits(other)) {
      throw new IllegalArgumentException("the rows differ in length");
    }
    List<List<Double>> results = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<Double> result = new ArrayList<>();
      for (int j = 0; j < rows.get(i).size(); j++) {
        result.add(function.applyAsDouble(get(i, j), other.get(i, j)));
      }
      results.add(result);
    }
    return new Ragged(results);
  }

  /** Whether all rows are as long as the other's. */
  public boolean fits(Ragged other) {
    return rows.stream()
        .map(List::size)
        .toList()
        .equals(other.rows.stream().map(List::size).toList());
  }

  /** softmax of every row, with the numbers divided by a temperature above 0. */
  public Ragged softmax(double temperature) {
    return new Ragged(rows.stream().map(row -> softmax(row, temperature)).toList());
  }

  private static List<Double> softmax(List<Double> row, double temperature) {
    double most = Collections.max(row);
    List<Double> powers = row.stream().map(x -> StrictMath.exp((x - most) / temperature)).toList();
    double sum = 0;
    for (double power : powers) {
      sum += power;
    }
    double total = sum;
    return powers.stream().map(power -> power / total).toList();
  }
}
