package dev.archipelago.controller.search;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Round;
import java.util.Optional;

/** What a stage has to offer next, before limits are checked and a worker is found. */
sealed interface Turn {
  /**
   * @param exhausted whether the arm's strategy has nothing more to propose
   * @param told how many of the first trials the strategies were told of for this
   */
  record Candidate(
      Arm arm,
      Architecture architecture,
      Optional<Round> round,
      Lineage lineage,
      boolean exhausted,
      int told)
      implements Turn {
    /** A candidate of a later stage. */
    static Candidate chosen(Arm arm, Architecture architecture, int told) {
      return new Candidate(arm, architecture, Optional.empty(), Lineage.FRESH, false, told);
    }
  }

  /** Nothing before something else has ended. */
  record Blocked(String why) implements Turn {}

  /** Nothing more in this stage. */
  record Done(String why) implements Turn {}
}
