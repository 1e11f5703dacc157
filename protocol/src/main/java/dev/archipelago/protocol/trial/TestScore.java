package dev.archipelago.protocol.trial;

import java.util.BitSet;

/**
 * The one evaluation on test images.
 *
 * @param correct bit i says whether test image i was classified rightly; what a paired comparison
 *     of two networks needs
 */
public record TestScore(Score score, BitSet correct) {
  public TestScore {
    correct = (BitSet) correct.clone();
  }

  @Override
  public BitSet correct() {
    return (BitSet) correct.clone();
  }
}
