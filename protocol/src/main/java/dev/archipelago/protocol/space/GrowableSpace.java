package dev.archipelago.protocol.space;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A space in which a trained network can become a larger one without a change of its function: more
 * channels, more blocks, larger kernels (Net2Net, arXiv:1511.05641).
 *
 * <p>What is promised of every growth, for every task: each node of the smaller plan is in the
 * larger one under its name and reads what it read, or new nodes that can pass that on; and no
 * layer shrinks. Options need not stand in ascending order: "next larger" goes by their numbers.
 */
public interface GrowableSpace extends SearchSpace {

  /**
   * Where growth begins: what can grow is smallest, all else (strides, a family) is what the spec
   * lists first.
   */
  Architecture smallest();

  /** Every single step from an architecture, in the decisions' order; none where all is largest. */
  List<Growth> growths(Architecture architecture);

  /** The place of the smallest option. */
  static int smallest(List<Integer> options) {
    return IntStream.range(0, options.size())
        .boxed()
        .min((a, b) -> Integer.compare(options.get(a), options.get(b)))
        .orElseThrow();
  }
}
