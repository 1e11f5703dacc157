package dev.archipelago.protocol.space;

import java.util.List;

/**
 * All networks of a space in one plan, whose {@link Layer.Choice} nodes say where they differ.
 *
 * <p>A path takes one option in every row, or {@link #EVERY} candidate with weight 1. A choice
 * whose option has no candidate lets nothing through; what reads only that is left out with it:
 *
 * <ul>
 *   <li>a sum and a concatenation leave out what is not there, and are not there themselves where
 *       no part is;
 *   <li>a convolution of a concatenation with parts left out uses the weights of the channels that
 *       are there, in their order;
 *   <li>{@link Layer.Present} gives zeros;
 *   <li>any other layer is left out.
 * </ul>
 *
 * <p>So every path is a network of its own that shares its parameters' names with all others.
 *
 * @param rows what can be chosen; a {@link Layer.Choice#row} is an index here
 */
public record Supernet(NetworkPlan plan, List<Row> rows) {

  /** In a path: all of a row's candidates come through, each with weight 1. */
  public static final int EVERY = -1;

  /**
   * @throws IllegalArgumentException if a choice follows no row, or an option that its row has not
   */
  public Supernet {
    rows = List.copyOf(rows);
    for (NetworkPlan.Node node : plan.nodes()) {
      if (node.layer() instanceof Layer.Choice choice) {
        if (choice.row() >= rows.size()) {
          throw new IllegalArgumentException(node.name() + " follows row " + choice.row());
        }
        int options = rows.get(choice.row()).options().size();
        if (choice.options().stream().anyMatch(option -> option < 0 || option >= options)) {
          throw new IllegalArgumentException(node.name() + " has options its row has not");
        }
      }
    }
  }
}
