package dev.archipelago.protocol.space;

import java.util.List;

/**
 * A space all of whose networks are paths through one {@link Supernet}: for strategies that train
 * shared weights path by path (ENAS, arXiv:1802.03268; SPOS, arXiv:1904.00420).
 *
 * <p>The network along an architecture's path is the one that {@link #decode} gives, layer by
 * layer, under other names.
 */
public interface SharedSpace extends SearchSpace {

  /**
   * What can be chosen, whatever the task.
   *
   * @throws IllegalArgumentException saying which settings have to be otherwise where networks of
   *     this space cannot share weights
   */
  List<Row> rows();

  /**
   * @throws IllegalArgumentException as {@link #rows}
   */
  Supernet supernet(Task task);

  /** The option that the architecture takes in every row. */
  List<Integer> path(Architecture architecture);
}
