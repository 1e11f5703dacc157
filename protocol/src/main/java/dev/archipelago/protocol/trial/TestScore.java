package dev.archipelago.protocol.trial;

import java.util.BitSet;

/**
 * The one evaluation on test images.
 *
 * @param correct bit i says whether test image i was classified rightly; what a paired comparison
 *     of two networks needs; empty where a user's program did not say
 */
public record TestScore(Score score, BitSet correct) {
  public TestScore {
    correct = (BitSet) correct.clone();
  }

  @Override
  public BitSet correct() {
    return (BitSet) correct.clone();
  }

  /** Whether it is known which examples were right, and not only how many: two can be paired. */
  public boolean isPerExample() {
    return score.examples() > 0 && (!correct.isEmpty() || score.accuracy() == 0);
  }
}
