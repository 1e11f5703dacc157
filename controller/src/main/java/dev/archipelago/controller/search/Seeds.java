package dev.archipelago.controller.search;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Stage;

/** Where every random choice of a search comes from: its seed and a key for each purpose. */
final class Seeds {
  private static final long POLICY = 1;
  private static final long PROPOSAL = 2;
  private static final long TRAINING = 3;
  private static final long BOOTSTRAP = 4;

  private Seeds() {}

  /** The first weights of an arm's policy. */
  static long policy(long seed, Arm arm) {
    return SplitMix64.derive(seed, POLICY, key(arm));
  }

  /** The chance in an arm's n-th proposal. */
  static SplitMix64 proposal(long seed, Arm arm, int ordinal) {
    return SplitMix64.of(seed, PROPOSAL, key(arm), ordinal);
  }

  private static long key(Arm arm) {
    return switch (arm) {
      case MAIN -> 0;
      case BASELINE -> 1;
      case REFERENCE -> 2;
    };
  }

  /** A trial's training, whichever attempt it is. */
  static long training(long seed, int number) {
    return SplitMix64.derive(seed, TRAINING, number);
  }

  /**
   * A trial's training where trials have no number that is sure to come again.
   *
   * @param place among the arm's trials in the stage
   */
  static long training(long seed, Arm arm, Stage stage, long place) {
    return SplitMix64.derive(seed, TRAINING, key(arm), key(stage), place);
  }

  private static long key(Stage stage) {
    return switch (stage) {
      case SEARCH -> 0;
      case RETRAIN -> 1;
      case FINAL -> 2;
    };
  }

  static long bootstrap(long seed) {
    return SplitMix64.derive(seed, BOOTSTRAP);
  }
}
