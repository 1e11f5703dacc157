package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.Ragged;
import java.util.List;
import java.util.Optional;

/** What comes through a supernet's choices in one forward pass. */
public sealed interface Route {

  /**
   * One network of the space: an option for every row, or {@link
   * dev.archipelago.protocol.space.Supernet#EVERY}. Candidates that are not taken are not computed.
   */
  record Path(List<Integer> options) implements Route {
    public Path {
      options = List.copyOf(options);
    }
  }

  /**
   * Sums weighed by what is learned of the architecture: w = softmax((alphas + noise) /
   * temperature), row by row.
   *
   * @param temperature above 0
   * @param noise added to the alphas, Gumbel's for instance
   * @param hard whether only each row's largest weight is used, as 1, the gradient passing straight
   *     through to the w behind it: one operation is computed in each row (arXiv:1910.04465, §3.2)
   */
  record Mixture(Ragged alphas, double temperature, Optional<Ragged> noise, boolean hard)
      implements Route {}

  /**
   * Several networks at once: every choice is the mean of what any of the paths takes there, as in
   * a one-shot model with some operations dropped (Bender et al. 2018, §3.2).
   */
  record Paths(List<List<Integer>> options) implements Route {
    public Paths {
      options = options.stream().map(List::copyOf).toList();
      if (options.isEmpty()) {
        throw new IllegalArgumentException("a set of paths has at least one");
      }
    }
  }
}
