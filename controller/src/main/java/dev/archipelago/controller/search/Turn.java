package dev.archipelago.controller.search;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Arm;

/** What a stage has to offer next, before limits are checked and a worker is found. */
sealed interface Turn {
  /**
   * @param told how many of the first trials the strategies were told of for this
   */
  record Candidate(Arm arm, Architecture architecture, int told) implements Turn {}

  /** Nothing before something else has ended. */
  record Blocked(String why) implements Turn {}

  /** Nothing more in this stage. */
  record Done(String why) implements Turn {}
}
