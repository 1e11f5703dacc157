package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text of a cell of {@link CellSpace} that is equal for cells that differ only in the order of
 * their nodes and of the nodes' halves: the smallest, node by node, over all orders in which each
 * node reads only earlier ones.
 *
 * <p>Nodes that read the same by the same operations can stand in either order, and what reads them
 * later decides: both are tried. Of those that no node reads, one stands for all. Exchanging two
 * nodes moves channels of the cell's output, which only 1x1 convolutions and dense layers read, so
 * that the networks are equal up to an order of weights.
 */
final class CellForm {
  private static final int INPUTS = 2;
  private static final Comparator<Half> ORDER =
      Comparator.comparing(Half::source).thenComparing(Half::operation);

  private final List<List<Half>> nodes;

  private CellForm(List<List<Half>> nodes) {
    this.nodes = nodes;
  }

  /** An operation on an earlier value: 0 and 1 are the cell's inputs, then come the nodes. */
  private record Half(int source, int operation) {}

  /** Takes (input, operation) twice for each node. */
  static String of(List<Integer> genes) {
    List<List<Half>> nodes = new ArrayList<>();
    for (int at = 0; at < genes.size(); at += 4) {
      nodes.add(
          List.of(
              new Half(genes.get(at), genes.get(at + 1)),
              new Half(genes.get(at + 2), genes.get(at + 3))));
    }
    return new CellForm(nodes).smallest(List.of());
  }

  /** The smallest text of the nodes that are left, given the order of those before them. */
  private String smallest(List<Integer> placed) {
    List<Integer> next = new ArrayList<>();
    String text = "";
    for (int node = 0; node < nodes.size(); node++) {
      if (!placed.contains(node) && isReady(node, placed)) {
        String own = text(node, placed);
        if (next.isEmpty() || own.compareTo(text) < 0) {
          next.clear();
          text = own;
        }
        if (own.equals(text) && (isRead(node) || next.stream().allMatch(this::isRead))) {
          next.add(node);
        }
      }
    }
    String first = text;
    return next.stream()
        .map(
            node -> {
              List<Integer> longer = Stream.concat(placed.stream(), Stream.of(node)).toList();
              return first + smallest(longer);
            })
        .min(Comparator.naturalOrder())
        .orElse("");
  }

  private boolean isRead(int node) {
    return nodes.stream().flatMap(List::stream).anyMatch(half -> half.source() == INPUTS + node);
  }

  private boolean isReady(int node, List<Integer> placed) {
    return nodes.get(node).stream()
        .allMatch(half -> half.source() < INPUTS || placed.contains(half.source() - INPUTS));
  }

  private String text(int node, List<Integer> placed) {
    return nodes.get(node).stream()
        .map(half -> new Half(renumbered(half.source(), placed), half.operation()))
        .sorted(ORDER)
        .map(half -> half.source() + ":" + half.operation())
        .collect(Collectors.joining("+", "[", "]"));
  }

  private static int renumbered(int source, List<Integer> placed) {
    return source < INPUTS ? source : INPUTS + placed.indexOf(source - INPUTS);
  }
}
