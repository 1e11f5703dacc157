package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.SearchSpace;
import java.util.Map;
import java.util.Optional;

/**
 * A strategy's entry in the registry: makes it from a spec, and from a snapshot.
 *
 * <p>Immutable; its settings are fields of the implementing record.
 */
public interface StrategyKind {

  /** The name in a spec's {@code strategy.kind}. */
  String kind();

  /**
   * Every setting with its value in force, in the order of the documentation: reading them back
   * with {@link Strategies#of} gives an equal kind. Values are integers, doubles, booleans, words,
   * lists of integers or words, or maps of such.
   */
  Map<String, Object> settings();

  /**
   * Raised when the algorithm changes what it does with the same history; old snapshots are then
   * not read.
   */
  int algorithmVersion();

  /**
   * Of one whose proposals are rounds on shared weights, and its networks those of a supernet;
   * empty where every network is trained alone.
   */
  default Optional<Sharing> sharing() {
    return Optional.empty();
  }

  /** What its proposals name parents for. */
  default Heredity heredity() {
    return new Heredity.None();
  }

  /** Why it cannot search a space, as a sentence for the author of the spec; empty where it can. */
  default Optional<String> obstacle(SearchSpace space) {
    return Optional.empty();
  }

  /** The state before the first proposal. */
  Strategy start(StrategyContext context);

  /**
   * The state that {@link Strategy#encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not such a state
   */
  Strategy decode(StrategyContext context, byte[] state);
}
