package dev.archipelago.controller.tabular;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/** Whole tables whose numbers follow from the cell's number. */
public final class MadeUpTable {
  private MadeUpTable() {}

  /**
   * The larger the number, the better after 200 epochs; after 12 epochs as well, except that odd
   * and even ones are swapped. FLOPs are the number.
   */
  public static Table of(IntToDoubleFunction secondsPerEpoch) {
    List<Entry> entries = new ArrayList<>();
    for (int cell = 0; cell < Cells.COUNT; cell++) {
      entries.add(
          new Entry(
              cell,
              Cells.ALL.at(BigInteger.valueOf(cell)),
              cell,
              cell,
              secondsPerEpoch.applyAsDouble(cell),
              OptionalDouble.of(validation12(cell)),
              OptionalDouble.of(validation200(cell)),
              Map.of(
                  TestSet.CIFAR10, cell / 20_000.0,
                  TestSet.CIFAR100, cell / 40_000.0,
                  TestSet.IMAGENET16_120, cell / 80_000.0)));
    }
    return Table.of(entries);
  }

  static double validation12(int cell) {
    return (cell ^ 1) / 20_000.0;
  }

  static double validation200(int cell) {
    return 0.1 + cell / 20_000.0;
  }
}
