package dev.archipelago.worker.dl4j;

import java.util.Arrays;
import java.util.List;

/**
 * Where a tensor of the plan, or a part of one, lies in a graph.
 *
 * @param name the plan's, of a parameter or a buffer
 * @param layer the graph's
 * @param key the parameter's in the layer, {@code W} for instance
 * @param role what it is to the optimiser
 */
record Slot(String name, String layer, String key, Layout layout, Role role) {

  /** What becomes of a tensor in training. */
  enum Role {
    /** Moves along its gradient. */
    TRAINED,
    /** A running mean: its "gradient" is what it is to lose. */
    RUNNING_MEAN,
    /** A running variance: as the mean. */
    RUNNING_VARIANCE,
    /** Stays 1: the scale that a layer must have and the plan does not. */
    FIXED_AT_ONE,
    /** Stays 0: the shift that goes with it. */
    FIXED_AT_ZERO
  }

  /** How the library lays out what the plan has as [out, in / groups, H, W], [out, in] or [C]. */
  enum Layout {
    /** [out, in, H, W]. */
    KERNEL,
    /** [H, W, C, multiplier]: the plan's with its first and its last dimensions swapped. */
    DEPTHWISE,
    /** [in, out], the first index running fastest: in memory as the plan has it. */
    DENSE,
    /** [1, C]. */
    VECTOR;

    /** The plan's dimensions of a tensor that has these here. */
    List<Integer> dimensions(long[] shape) {
      long[] plan =
          switch (this) {
            case KERNEL -> shape;
            case DEPTHWISE -> new long[] {shape[2] * shape[3], 1, shape[0], shape[1]};
            case DENSE -> new long[] {shape[1], shape[0]};
            case VECTOR -> new long[] {shape[shape.length - 1]};
          };
      return Arrays.stream(plan).mapToObj(Math::toIntExact).toList();
    }

    /** So many rows has the matrix in memory whose transpose is the plan's; 1 where both agree. */
    int rows(long[] shape) {
      return this == DEPTHWISE ? Math.toIntExact(shape[0] * shape[1]) : 1;
    }
  }
}
