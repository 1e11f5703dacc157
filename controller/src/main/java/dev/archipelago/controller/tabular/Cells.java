package dev.archipelago.controller.tabular;

import dev.archipelago.protocol.space.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cells of NAS-Bench-201 (arXiv:2001.00326, §2.1) as numbers: six edges with one of five
 * operations each, the first edge the most significant digit to base 5.
 */
final class Cells {
  /** Of the space that the table's architectures belong to. */
  static final String SPACE = "nasbench201";

  /** In the order of the space's options. */
  static final List<String> OPERATIONS =
      List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3");

  static final int EDGES = 6;

  /** How many there are. */
  static final int COUNT = 15_625;

  private static final int NODES = 4;

  private Cells() {}

  /** In [0, {@link #COUNT}). */
  static int number(Architecture architecture) {
    int number = 0;
    for (int edge = 0; edge < EDGES; edge++) {
      number = number * OPERATIONS.size() + architecture.value(edge);
    }
    return number;
  }

  static Architecture cell(int number) {
    Integer[] values = new Integer[EDGES];
    int rest = number;
    for (int edge = EDGES - 1; edge >= 0; edge--) {
      values[edge] = rest % OPERATIONS.size();
      rest /= OPERATIONS.size();
    }
    return new Architecture(SPACE, List.of(values));
  }

  /** {@code |a~0|+|b~0|c~1|+|d~0|e~1|f~2|}: for every node the operations on its inputs. */
  static Optional<Architecture> parse(String text) {
    List<Integer> values = new ArrayList<>(EDGES);
    int at = 0;
    for (int node = 1; node < NODES; node++) {
      if (!text.startsWith(node == 1 ? "|" : "+|", at)) {
        return Optional.empty();
      }
      at += node == 1 ? 1 : 2;
      for (int input = 0; input < node; input++) {
        int end = text.indexOf('~', at);
        int operation = end < 0 ? -1 : OPERATIONS.indexOf(text.substring(at, end));
        if (operation < 0 || !text.startsWith("~" + input + "|", end)) {
          return Optional.empty();
        }
        values.add(operation);
        at = end + 3;
      }
    }
    return at == text.length() ? Optional.of(new Architecture(SPACE, values)) : Optional.empty();
  }
}
