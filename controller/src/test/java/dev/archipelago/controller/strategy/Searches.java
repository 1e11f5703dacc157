package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Runs strategies against rewards that cost nothing. */
public final class Searches {
  private Searches() {}

  /** What a strategy does next; a strategy that waits or ends early has no place here. */
  public static Architecture ask(Strategy strategy, int proposal, long seed) {
    SplitMix64 random = SplitMix64.of(seed, 1, proposal);
    if (strategy.ask(proposal, random) instanceof Ask.Propose propose) {
      return propose.architecture();
    }
    throw new AssertionError("no proposal " + proposal);
  }

  /**
   * All proposals of a search in their order.
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
      Architecture architecture = ask(strategy, n, seed);
      strategy = strategy.proposed(n, architecture);
      proposals.add(architecture);
    }
    return proposals;
  }
}
