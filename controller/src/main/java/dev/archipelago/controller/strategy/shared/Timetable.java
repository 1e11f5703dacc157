package dev.archipelago.controller.strategy.shared;

/**
 * A budget of proposals divided into phases. Those of one phase need nothing of each other; a phase
 * begins when all results of the one before were told, so that no proposal depends on who is
 * faster.
 *
 * @param trials proposals in all
 * @param parts proposals of every phase but the last, which has the rest
 * @param phases how many; the last has at least one proposal
 */
public record Timetable(int trials, int parts, int phases) {
  public Timetable {
    if (parts < 1 || phases < 1 || trials <= (long) parts * (phases - 1)) {
      throw new IllegalArgumentException(
          "%d phases of %d do not fit into %d proposals".formatted(phases, parts, trials));
    }
  }

  /** Number of a phase's first proposal. */
  public int first(int phase) {
    return phase < phases ? phase * parts : trials;
  }

  /** How many proposals a phase has. */
  public int size(int phase) {
    return first(phase + 1) - first(phase);
  }

  public boolean isLast(int phase) {
    return phase == phases - 1;
  }
}
