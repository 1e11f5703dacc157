package dev.archipelago.controller.spec;

import dev.archipelago.controller.spec.SearchSpec.Order;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.strategy.StrategyKind;
import java.util.List;
import java.util.Optional;

/** {@code strategy}: who decides what to try next, and how far it may run ahead of the results. */
final class StrategyReader {
  private static final int WINDOW = 8;

  private StrategyReader() {}

  /**
   * What was read.
   *
   * @param kind empty if there is no such kind
   */
  record Policy(Optional<StrategyKind> kind, int window, Order order) {}

  static Policy read(Section strategy, int trials) {
    Optional<StrategyKind> kind = kind(strategy, trials);
    int window = strategy.integer("window", WINDOW, 1, 1_000_000);
    boolean arrival = kind.filter(StrategyReader::hasOrder).isEmpty() && isArrival(strategy);
    if (kind.isPresent()) { // its kind decides which other keys are allowed
      strategy.close();
    }
    return new Policy(kind, Math.min(window, trials), arrival ? Order.ARRIVAL : Order.PROPOSAL);
  }

  /**
   * Whether {@code order} is a setting of the strategy's own, as DARTS's is; it is then told in the
   * order of the proposals.
   */
  static boolean hasOrder(StrategyKind kind) {
    return kind.settings().containsKey("order");
  }

  private static boolean isArrival(Section strategy) {
    return strategy
        .word("order", List.of("proposal", "arrival"))
        .filter(word -> word.equals("arrival"))
        .isPresent();
  }

  private static Optional<StrategyKind> kind(Section strategy, int trials) {
    Strategies strategies;
    try {
      strategies = Strategies.installed();
    } catch (IllegalStateException e) {
      strategy.problem("kind", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    strategy.require("kind", String.join(", ", strategies.names()));
    return strategy
        .word("kind", strategies.names())
        .map(known -> strategies.read(known, trials, strategy));
  }
}
