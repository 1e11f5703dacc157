package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import java.util.List;
import java.util.Optional;

/**
 * A search policy as a value: an immutable state that says what to try, and its successors.
 *
 * <p>No clock, no I/O, no threads; floating point through {@link StrictMath} only, so that a
 * replayed journal gives the same bits on every machine. Every strategy passes {@code
 * StrategyContract}.
 */
public interface Strategy {

  /**
   * What to try next. Changes nothing: equal states, numbers and generators give equal answers.
   *
   * @param proposal number of the proposal among this strategy's own, dense from 0
   * @param random derived from the search's seed and the proposal's number; the only source of
   *     chance
   */
  Ask ask(int proposal, SplitMix64 random);

  /** The state after its answer was journalled. Most strategies need not know. */
  default Strategy proposed(int proposal, Architecture architecture) {
    return this;
  }

  /**
   * The state after a result. Results come in the order of the proposals, unless the spec asks for
   * arrival.
   */
  Strategy tell(Told told);

  /**
   * The networks to be retrained, the best first, where the policy itself knows: strategies that
   * share weights train no network of their own to the end. Empty where rewards decide.
   */
  default Optional<List<Architecture>> finalists() {
    return Optional.empty();
  }

  /** What a person should know of how it went: a collapse, a policy that hardly moved. */
  default List<String> remarks() {
    return List.of();
  }

  /** The whole state for a snapshot; {@link StrategyKind#decode} is its inverse, bit for bit. */
  byte[] encode();
}
