package dev.archipelago.protocol.space;

import java.util.List;
import java.util.Map;

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
 * <p>So every path is a network of its own, {@link #path}, that shares its parameters' names with
 * all others. <b>Checked by:</b> {@code SupernetTest}, {@code SupernetContract}.
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

  /**
   * The network along a path, standing alone: the plan's names, sums where every candidate comes
   * through, {@link Layer.Zero} for zeros.
   *
   * @param options one for every row, or {@link #EVERY}
   * @throws IllegalArgumentException if a row has no such option, if nothing comes through to the
   *     output, or if anything but a convolution with one group reads a concatenation of which
   *     parts are left out
   */
  public NetworkPlan path(List<Integer> options) {
    return new PathPlan(this, options).plan();
  }

  /**
   * What {@link #path}'s network has of all networks' weights: its own tensors, and of a
   * convolution's weights those of the channels that are there.
   *
   * @param shared tensors by name, a node's name, a point and a role; anything as long as a
   *     parameter, its momentum for instance, is cut as the parameter is
   * @throws IllegalArgumentException as {@link #path}
   */
  public Map<String, float[]> weights(Map<String, float[]> shared, List<Integer> options) {
    return new PathPlan(this, options).weights(shared);
  }
}
