package dev.archipelago.controller.tabular;

import java.util.List;

/**
 * How far each rung trains, and what it costs.
 *
 * @param rungs epochs of each rung, rising; of 12 and 200, which are the trainings that the table
 *     knows
 * @param continued whether a rung costs only the epochs beyond the rung below; false where every
 *     rung trains from scratch, as the table's trainings did
 */
public record Fidelity(List<Integer> rungs, boolean continued) {
  /** The trainings that the table knows, in epochs. */
  public static final List<Integer> EPOCHS = List.of(12, 200);

  /** The protocol of NAS-Bench-201: 12 epochs, and nothing more. */
  public static final Fidelity BRIEF = new Fidelity(List.of(12), false);

  /**
   * @throws IllegalArgumentException if the rungs are not as above
   */
  public Fidelity {
    rungs = List.copyOf(rungs);
    for (int i = 0; i < rungs.size(); i++) {
      if (!EPOCHS.contains(rungs.get(i)) || (i > 0 && rungs.get(i) <= rungs.get(i - 1))) {
        throw new IllegalArgumentException(
            "rungs are 12, 200, or both in this order: the table knows no other trainings; got "
                + rungs);
      }
    }
    if (rungs.isEmpty()) {
      throw new IllegalArgumentException("there must be a rung");
    }
  }

  int top() {
    return rungs.size() - 1;
  }

  /**
   * Epochs that an evaluation costs.
   *
   * @param first whether it is the configuration's first
   */
  int epochs(int rung, boolean first) {
    return continued && !first ? rungs.get(rung) - rungs.get(rung - 1) : rungs.get(rung);
  }
}
