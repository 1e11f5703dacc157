package dev.archipelago.controller.search;

import java.util.OptionalInt;

/**
 * Where a trial's network comes from.
 *
 * @param rung of the spec's schedule, from 0; 0 in later stages
 * @param parent number of the trial of the same configuration on the rung below, whose training
 *     this one continues
 * @param lender number of a trial of another architecture with the same function, whose score this
 *     one takes over
 * @param donor number of the trial with whose weights this one begins
 */
public record Lineage(int rung, OptionalInt parent, OptionalInt lender, OptionalInt donor) {
  /** Trained from fresh weights, on the first rung. */
  public static final Lineage FRESH = fresh(0);

  static Lineage fresh(int rung) {
    return new Lineage(rung, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }
}
