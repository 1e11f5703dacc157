package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A genotype: one value for every decision of its space, in the order of {@link
 * SearchSpace#decisions()}.
 *
 * @param space the kind of the space it belongs to, {@code chain} for instance
 */
public record Architecture(String space, List<Integer> values) {
  public Architecture {
    values = List.copyOf(values);
  }

  /**
   * @param values copied
   */
  public static Architecture of(String space, int[] values) {
    return new Architecture(space, IntStream.of(values).boxed().toList());
  }

  /** The values, in an array of the caller's own. */
  public int[] toArray() {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  public int value(int decision) {
    return values.get(decision);
  }

  /** The same architecture with one decision taken otherwise. */
  public Architecture with(int decision, int value) {
    List<Integer> changed = new ArrayList<>(values);
    changed.set(decision, value);
    return new Architecture(space, Collections.unmodifiableList(changed));
  }
}
