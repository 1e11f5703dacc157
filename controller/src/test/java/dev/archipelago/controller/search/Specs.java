package dev.archipelago.controller.search;

/** Specs that tests search with. */
public final class Specs {
  private Specs() {}

  /**
   * A small policy on a small space, with a baseline, limits that some proposals break, and
   * retraining.
   */
  public static String reinforce(int trials) {
    return """
        name: simulated
        dataset: fashion-mnist-mini
        space: {kind: chain, layers: 3, filters: [8, 16, 32], kernels: [3, 5], skips: true}
        strategy: {kind: reinforce, batch: 2, hidden: 6, layers: 1, window: 5}
        evaluation: {epochs: 1}
        constraints: {params: <= 12k}
        baseline: {kind: random, match: trials}
        budget: {trials: %d}
        retrain: {top: 3, epochs: 2, final-epochs: 2}
        seed: 42
        """
        .formatted(trials);
  }

  public static String random(int trials) {
    return """
        name: simulated
        dataset: fashion-mnist-mini
        space: {kind: chain, layers: 2, filters: [8, 16], kernels: [3], skips: false}
        strategy: {kind: random, window: 4}
        evaluation: {epochs: 1}
        baseline: none
        budget: {trials: %d}
        retrain: {top: 1, epochs: 1, final-epochs: 1}
        seed: 3
        """
        .formatted(trials);
  }

  /**
   * Rounds on the weights that the 15,625 networks of a small supernet share, and a baseline that
   * gets as much time.
   *
   * @param strategy its kind and its settings
   */
  static String rounds(String strategy) {
    return """
        name: simulated
        dataset: fashion-mnist-mini
        space: {kind: nasbench201, channels: 8, cells: 1}
        strategy: {window: 4, %s}
        evaluation: {epochs: 1}
        baseline: {kind: random, match: device-seconds}
        budget: {trials: 12}
        retrain: {top: 2, epochs: 1, final-epochs: 1}
        seed: 7
        """
        .formatted(strategy);
  }

  /** Answered by a table, until so much device time is spent. */
  static String table(int seed, int deviceSeconds, String baseline) {
    return """
        space: {kind: nasbench201}
        strategy: {kind: random, window: 8}
        evaluation: {table: /made-up.csv, workers: 8}
        baseline: %s
        budget: {trials: 1000, device-time: %d s}
        retrain: {top: 0}
        seed: %d
        """
        .formatted(baseline, deviceSeconds, seed);
  }
}
