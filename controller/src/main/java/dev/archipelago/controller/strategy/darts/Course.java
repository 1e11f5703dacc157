package dev.archipelago.controller.strategy.darts;

/**
 * How a budget of proposals is divided: into chains that know nothing of each other, each of so
 * many rounds of training and one that scores what it derived. What does not divide evenly is left
 * over.
 *
 * @param chains how many
 * @param parts proposals that each round of training is made of, merged after
 * @param rounds of training in each chain; below 1 the budget is too small
 * @param resting rounds at the beginning in which the alphas rest; fewer than {@code rounds}
 */
record Course(int chains, int parts, int rounds, int resting) {

  /**
   * @param warmUp share of the rounds in which the alphas rest, in [0, 1)
   */
  static Course of(int trials, int chains, int parts, double warmUp) {
    int rounds = (trials / chains - 1) / parts;
    return new Course(chains, parts, rounds, (int) (warmUp * rounds));
  }

  /** Proposals that it takes at least. */
  static long least(int chains, int parts) {
    return chains * (parts + 1L);
  }

  /** Rounds of one chain in which the alphas move. */
  int moving() {
    return Math.max(1, rounds - resting);
  }

  boolean rests(int round) {
    return round < resting;
  }

  /** 0 until the alphas move, 1 in the last round. */
  double progress(int round) {
    return moving() == 1 ? 0 : (double) Math.max(0, round - resting) / (moving() - 1);
  }
}
