package dev.archipelago.controller.schedule;

import java.util.List;
import java.util.OptionalDouble;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * Results on one rung, best first; of equal ones the earlier configuration stands first.
 *
 * <p>Persistent: a successor shares what did not change. Everything takes O(log^2 n) except {@link
 * #find}. <b>Checked by:</b> {@code StandingsTest}.
 */
public record Standings(PVector<Standing> ranked) {
  public static final Standings NONE = new Standings(TreePVector.empty());

  /**
   * @throws IllegalArgumentException if they are not in order
   */
  static Standings of(List<Standing> ranked) {
    for (int i = 1; i < ranked.size(); i++) {
      if (ranked.get(i - 1).compareTo(ranked.get(i)) >= 0) {
        throw new IllegalArgumentException("standings out of order at " + i);
      }
    }
    return new Standings(TreePVector.from(ranked));
  }

  public int size() {
    return ranked.size();
  }

  public boolean isEmpty() {
    return ranked.isEmpty();
  }

  /** Rank 0 is the best. */
  public Standing at(int rank) {
    return ranked.get(rank);
  }

  /** How many of these stand before it; it need not be one of them. */
  public int rank(Standing standing) {
    int low = 0;
    int high = ranked.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranked.get(middle).compareTo(standing) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  public Standings with(Standing standing) {
    return new Standings(ranked.plus(rank(standing), standing));
  }

  public Standings without(int rank) {
    return new Standings(ranked.minus(rank));
  }

  /**
   * The rank of a configuration, looked for from the best on.
   *
   * @throws IllegalArgumentException if it is not one of these
   */
  public int find(int configuration) {
    int rank = 0;
    for (Standing standing : ranked) {
      if (standing.configuration() == configuration) {
        return rank;
      }
      rank++;
    }
    throw new IllegalArgumentException("configuration " + configuration + " has no result here");
  }

  /** The middle reward, or the mean of the two in the middle. */
  public OptionalDouble median() {
    int size = ranked.size();
    if (size == 0) {
      return OptionalDouble.empty();
    }
    double above = at((size - 1) / 2).reward();
    double below = at(size / 2).reward();
    return OptionalDouble.of(above / 2 + below / 2); // their sum may overflow
  }
}
