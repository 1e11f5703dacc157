package dev.archipelago.controller.strategy.eas;

import dev.archipelago.protocol.space.Architecture;
import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * A network whose result was told.
 *
 * @param proposal its number
 * @param reward empty where it failed
 */
record Born(int proposal, Architecture architecture, OptionalDouble reward) {
  /** Of those that did not fail. */
  static final Comparator<Born> BEST_FIRST =
      Comparator.comparingDouble((Born born) -> -born.reward().orElseThrow())
          .thenComparingInt(Born::proposal);
}
