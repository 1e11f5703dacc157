package dev.archipelago.protocol.space;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One step of a {@link GrowableSpace}: a decision and its next larger value.
 *
 * @param decision its place in {@link SearchSpace#decisions()}
 */
public record Growth(int decision, int value) {

  /** What grows out of an architecture. */
  public Architecture of(Architecture architecture) {
    return architecture.with(decision, value);
  }

  /**
   * To the smallest option that is larger than the one that an architecture has.
   *
   * @param options of the decision, in any order
   * @return empty where it has the largest
   */
  static Optional<Growth> next(Architecture architecture, int decision, List<Integer> options) {
    int own = options.get(architecture.value(decision));
    return IntStream.range(0, options.size())
        .filter(value -> options.get(value) > own)
        .boxed()
        .min((a, b) -> Integer.compare(options.get(a), options.get(b)))
        .map(value -> new Growth(decision, value));
  }
}
