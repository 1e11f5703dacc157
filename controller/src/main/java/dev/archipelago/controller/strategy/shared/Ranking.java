package dev.archipelago.controller.strategy.shared;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The order of networks that were scored on the same examples with the same weights. */
public final class Ranking {

  /** By accuracy, then by loss; of both, one that is NaN comes last. */
  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.<Ranked>comparingDouble(ranked -> -ranked.score().accuracy())
          .thenComparingDouble(ranked -> ranked.score().lossNats());

  private Ranking() {}

  /** The best first, of equals the first; of several that are the same network only one. */
  public static List<Ranked> of(SearchSpace space, List<Ranked> scored) {
    List<Ranked> sorted = new ArrayList<>(scored);
    sorted.sort(BEST_FIRST);
    Set<String> seen = new HashSet<>();
    return sorted.stream()
        .filter(ranked -> seen.add(space.fingerprint(ranked.architecture())))
        .toList();
  }

  /** The first of {@link #of}; empty of none. */
  public static Optional<Ranked> best(List<Ranked> scored) {
    return scored.stream().min(BEST_FIRST);
  }

  public static List<Architecture> architectures(List<Ranked> ranked) {
    return ranked.stream().map(Ranked::architecture).toList();
  }

  /**
   * Pairs the paths of one round with their scores.
   *
   * @param end nothing where the round failed
   * @throws IllegalArgumentException if there are not as many of both
   */
  public static List<Ranked> pair(List<Architecture> paths, End end) {
    if (end.weights().isEmpty()) {
      return List.of();
    }
    if (end.scores().size() != paths.size()) {
      throw new IllegalArgumentException(
          end.scores().size() + " scores of " + paths.size() + " paths");
    }
    List<Ranked> pairs = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      pairs.add(new Ranked(paths.get(i), end.scores().get(i)));
    }
    return pairs;
  }

  /** Mean accuracy; NaN of none. */
  public static double meanAccuracy(List<Ranked> scored) {
    return scored.stream()
        .mapToDouble(ranked -> ranked.score().accuracy())
        .average()
        .orElse(Double.NaN);
  }
}
