package dev.archipelago.controller.tabular;

import dev.archipelago.controller.strategy.genotype.Genotypes;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.NasBench201Space;

/**
 * The cells of NAS-Bench-201 (arXiv:2001.00326, §2.1): six edges with one of five operations each.
 */
final class Cells {
  static final Genotypes ALL = Genotypes.of(new NasBench201Space(16, 5));

  /** How many there are. */
  static final int COUNT = ALL.size().intValueExact();

  /** On every edge. */
  private static final int OPERATIONS = 5;

  private Cells() {}

  /**
   * The number under which {@link Genotypes#at} has it, in [0, {@link #COUNT}): the first edge is
   * the most significant digit to base 5.
   *
   * @param cell one of {@link #ALL}
   */
  static int number(Architecture cell) {
    int number = 0;
    for (int operation : cell.values()) {
      number = number * OPERATIONS + operation;
    }
    return number;
  }
}
