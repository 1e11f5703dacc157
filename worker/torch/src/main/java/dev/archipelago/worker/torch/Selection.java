package dev.archipelago.worker.torch;

import java.util.List;
import java.util.Optional;

/** What comes through a plan's choices in one forward pass. */
interface Selection {

  /** Whether a row's option comes through. */
  boolean takes(int row, int option);

  /**
   * What is made of the candidates that come through.
   *
   * @param options of those that are there, at least one
   * @return reads the candidates in this order; empty where the only one stays as it is
   */
  Optional<Operation> combine(int row, List<Integer> options);

  /** For plans without choices. */
  static Selection none() {
    return new Selection() {
      @Override
      public boolean takes(int row, int option) {
        throw new IllegalArgumentException("a plan with choices is compiled as a supernet's");
      }

      @Override
      public Optional<Operation> combine(int row, List<Integer> options) {
        throw new IllegalArgumentException("a plan with choices is compiled as a supernet's");
      }
    };
  }
}
