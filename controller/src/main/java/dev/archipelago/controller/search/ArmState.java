package dev.archipelago.controller.search;

import dev.archipelago.controller.strategy.Strategy;

/**
 * One strategy at work.
 *
 * @param proposed how many proposals it made
 * @param trained how many of them broke no limit: these count towards the budget
 */
public record ArmState(Strategy strategy, int proposed, int trained) {
  ArmState withStrategy(Strategy next) {
    return new ArmState(next, proposed, trained);
  }

  ArmState counted(boolean trainedToo) {
    return new ArmState(strategy, proposed + 1, trained + (trainedToo ? 1 : 0));
  }
}
