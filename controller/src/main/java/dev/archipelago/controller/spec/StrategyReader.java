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
    strategy.require("kind", String.join(", ", Strategies.kinds()));
    Optional<String> name = strategy.word("kind", Strategies.kinds());
    int window = strategy.integer("window", WINDOW, 1, 1_000_000);
    boolean arrival =
        strategy
            .word("order", List.of("proposal", "arrival"))
            .filter(word -> word.equals("arrival"))
            .isPresent();
    Optional<StrategyKind> kind = name.map(known -> Strategies.of(known, trials, strategy));
    if (kind.isPresent()) { // its kind decides which other keys are allowed
      strategy.close();
    }
    return new Policy(kind, Math.min(window, trials), arrival ? Order.ARRIVAL : Order.PROPOSAL);
  }
}
