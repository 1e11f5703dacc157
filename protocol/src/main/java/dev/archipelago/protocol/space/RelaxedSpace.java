package dev.archipelago.protocol.space;

import java.util.List;

/**
 * A space of cells whose choices can be relaxed to weighted sums: for DARTS and its heirs (Liu et
 * al. 2019, arXiv:1806.09055v2, §2.2).
 *
 * <p>There is a row for every edge, its options the operations and {@code none}. With partial
 * channels (PC-DARTS, Xu et al. 2020, arXiv:1907.05737v4, §3.2 and §3.3) only one in {@code
 * channelShare} channels goes through an edge's operations, and there is one more row for every
 * node that reads several edges, its options the edges: the edge normalisation.
 *
 * <p>Everywhere, {@code channelShare} is 1 for all channels, up to 16.
 */
public interface RelaxedSpace extends SearchSpace {

  /** Rows of edges, then those of nodes. */
  List<Row> relaxedRows(int channelShare);

  /**
   * Operations are followed by batch norms without scale and shift, pools too, so that no operation
   * gains by the size of its output (§2.4 of the authors' code).
   *
   * @throws IllegalArgumentException saying which settings have to be otherwise, where the channels
   *     cannot be divided for instance
   */
  Supernet relaxed(Task task, int channelShare);

  /**
   * The cell that the weights stand for, as the paper that the space is from derives it.
   *
   * @param probabilities of every option in every row, in [0, 1]
   */
  Architecture derive(Ragged probabilities, int channelShare);

  /**
   * The path through {@link #relaxed} that an architecture takes. With partial channels it lets all
   * edges through, and past {@code none} the channels that go through no operation.
   *
   * @throws IllegalArgumentException if it needs two operations on one edge; what {@link #derive}
   *     gives never does
   */
  List<Integer> relaxedPath(Architecture architecture, int channelShare);

  /**
   * {@link #relaxedPath}, with {@code none} in place of every operation that is nothing to a cell:
   * it reads only zeros, or no value on the way to the cell's output reads it. By default there are
   * no such operations.
   *
   * @throws IllegalArgumentException as {@link #relaxedPath}
   */
  default List<Integer> livePath(Architecture architecture, int channelShare) {
    return relaxedPath(architecture, channelShare);
  }
}
