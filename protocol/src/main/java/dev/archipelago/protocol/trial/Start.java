package dev.archipelago.protocol.trial;

import dev.archipelago.protocol.space.NetworkPlan;

/** The weights with which a training begins. */
public sealed interface Start {

  /** Drawn from the assignment's seed. */
  record Fresh() implements Start {}

  /**
   * Where an earlier trial of the same configuration stopped. A worker that cannot get the
   * checkpoint trains from the beginning, to the same result at a higher cost.
   *
   * @param checkpoint SHA-256 of the blob, 64 hexadecimal digits
   * @param epochs trained when it was kept, at least 1
   */
  record Continuation(String checkpoint, int epochs) implements Start {}

  /**
   * Those of another network, every parameter whose name and shape agree; the others are fresh, and
   * the optimiser's momentum is 0. A worker that cannot get the checkpoint fails the trial, to be
   * tried again: fresh weights would give another result.
   *
   * @param checkpoint as above
   * @param epochs that count as trained: training goes on with the next one
   */
  record Inheritance(String checkpoint, int epochs) implements Start {}

  /**
   * Those of a smaller network, grown so that the function is kept (Net2Net, arXiv:1511.05641),
   * then trained as from the beginning. A worker that cannot get the checkpoint fails the trial, to
   * be tried again.
   *
   * @param checkpoint as above
   * @param parent the smaller network; may be the same one, whose training then goes on
   * @param noise the largest change of a repeated channel's weights, over the root mean square of
   *     their tensor; 0 leaves them equal for ever
   */
  record Growth(String checkpoint, NetworkPlan parent, double noise) implements Start {}
}
