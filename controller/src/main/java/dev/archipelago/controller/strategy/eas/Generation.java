package dev.archipelago.controller.strategy.eas;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.controller.strategy.shared.Different;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.GrowableSpace;
import dev.archipelago.protocol.space.Growth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Networks with equally many epochs behind them.
 *
 * @param number from 0
 * @param first number of its first proposal
 * @param parent out of which it grows; empty while it is the smallest network alone
 * @param networks in the order of the proposals; where there is a parent, that is the first of them
 */
record Generation(int number, int first, Optional<Born> parent, List<Architecture> networks) {
  /** Key of the generators; {@code Hyperparameters} has 1. */
  private static final long CHILDREN = 2;

  /**
   * Draws of the policy for each child that is to differ from the others. A policy that is sure of
   * itself draws few; then as many tosses of coins find others.
   */
  private static final int DRAWS = 20;

  /** So many decisions have more children than any generation. */
  private static final int MANY = 10;

  Generation {
    networks = List.copyOf(networks);
  }

  static Generation smallest(int number, int first, GrowableSpace space) {
    return new Generation(number, first, Optional.empty(), List.of(space.smallest()));
  }

  /**
   * @param weights of the policy
   * @param seed of the arm
   */
  static Generation of(
      int number,
      int first,
      Born parent,
      Eas settings,
      GrowthPolicy policy,
      Weights weights,
      long seed) {
    Architecture origin = parent.architecture();
    List<Growth> possible = policy.space().growths(origin);
    List<Architecture> networks =
        possible.size() < MANY && 1 << possible.size() <= settings.children()
            ? all(origin, possible)
            : drawn(
                origin, settings.children(), policy, weights, SplitMix64.of(seed, CHILDREN, first));
    return new Generation(number, first, Optional.of(parent), networks);
  }

  /** Every set of growths, none of them first. */
  private static List<Architecture> all(Architecture origin, List<Growth> possible) {
    List<Architecture> all = new ArrayList<>(List.of(origin));
    for (Growth growth : possible) {
      all.addAll(all.stream().map(growth::of).toList());
    }
    return all;
  }

  private static List<Architecture> drawn(
      Architecture origin, int size, GrowthPolicy policy, Weights weights, SplitMix64 random) {
    Different different = new Different(policy.space(), 2 * DRAWS);
    different.know(origin);
    List<Architecture> drawn = new ArrayList<>(List.of(origin));
    while (drawn.size() < size) {
      drawn.add(
          different.next(
              attempt ->
                  attempt < DRAWS
                      ? policy.draw(weights, origin, random)
                      : policy.toss(origin, random)));
    }
    return drawn;
  }

  boolean has(int proposal) {
    return proposal < first + networks.size();
  }

  Ask.Propose propose(int proposal) {
    return new Ask.Propose(
        networks.get(proposal - first),
        parent.map(born -> OptionalInt.of(born.proposal())).orElse(OptionalInt.empty()));
  }
}
