package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Runs strategies against rewards that cost nothing. */
public final class Searches {
  private Searches() {}

  /** What a strategy does next; one that waits or ends early has no place here. */
  public static Architecture ask(Strategy strategy, int proposal, long seed) {
    return next(strategy, proposal, seed)
        .orElseThrow(() -> new AssertionError("no proposal " + proposal));
  }

  /** What a strategy does next; empty once it has nothing more. */
  public static Optional<Architecture> next(Strategy strategy, int proposal, long seed) {
    Ask answer = strategy.ask(proposal, SplitMix64.of(seed, 1, proposal));
    if (answer instanceof Ask.Propose propose) {
      return Optional.of(propose.architecture());
    }
    if (answer instanceof Ask.Exhausted exhausted && !exhausted.reason().isBlank()) {
      return Optional.empty();
    }
    throw new AssertionError("proposal " + proposal + ": " + answer);
  }

  /**
   * All proposals of a search in their order; fewer than the trials where the space ends.
   *
   * @param window proposal n is asked when the outcomes up to n - window were told
   */
  public static List<Architecture> run(
      StrategyKind kind,
      SearchSpace space,
      int trials,
      int window,
      long seed,
      ToDoubleFunction<Architecture> reward) {
    Strategy strategy = kind.start(new StrategyContext(space, trials, seed));
    List<Architecture> proposals = new ArrayList<>();
    for (int n = 0; n < trials; n++) {
      if (n >= window) {
        int told = n - window;
        Architecture architecture = proposals.get(told);
        OptionalDouble value = OptionalDouble.of(reward.applyAsDouble(architecture));
        strategy = strategy.tell(new Told(told, architecture, value));
      }
      Optional<Architecture> architecture = next(strategy, n, seed);
      if (architecture.isEmpty()) {
        break;
      }
      strategy = strategy.proposed(n, architecture.get());
      proposals.add(architecture.get());
    }
    return proposals;
  }
}
