package dev.archipelago.controller.tabular;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.NasBench201Space;
import java.util.List;

/**
 * The cells of NAS-Bench-201 (arXiv:2001.00326, §2.1) as numbers: six edges with one of five
 * operations each, the first edge the most significant digit to base 5.
 */
final class Cells {
  /** Of the space that the table's architectures belong to. */
  static final String SPACE = NasBench201Space.KIND;

  /** On every edge. */
  static final int OPERATIONS = 5;

  static final int EDGES = 6;

  /** How many there are. */
  static final int COUNT = 15_625;

  private Cells() {}

  /** In [0, {@link #COUNT}). */
  static int number(Architecture architecture) {
    int number = 0;
    for (int edge = 0; edge < EDGES; edge++) {
      number = number * OPERATIONS + architecture.value(edge);
    }
    return number;
  }

  static Architecture cell(int number) {
    Integer[] values = new Integer[EDGES];
    int rest = number;
    for (int edge = EDGES - 1; edge >= 0; edge--) {
      values[edge] = rest % OPERATIONS;
      rest /= OPERATIONS;
    }
    return new Architecture(SPACE, List.of(values));
  }
}
