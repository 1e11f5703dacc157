package dev.archipelago.controller.search;

import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import java.util.stream.Stream;

/**
 * How much of the workers' time an arm has had in stage SEARCH: what its told trials took, and for
 * each that is not told yet the mean of those; as long as none is told, that of the other arm's.
 */
final class Spending {
  private Spending() {}

  static double seconds(Search search, Arm arm) {
    int untold = untold(search, arm);
    double guess = untold == 0 ? 0 : untold * mean(search, arm);
    return search.arm(arm).spentSeconds() + guess;
  }

  /**
   * What a trial of the arm takes. Free until one is told, trials would be begun without end by the
   * arm that is told later.
   */
  private static double mean(Search search, Arm arm) {
    ArmState state = search.arm(arm);
    if (state.told() == 0 && search.spec().baselines().random().isPresent()) {
      state = search.arm(arm == Arm.MAIN ? Arm.BASELINE : Arm.MAIN);
    }
    return state.told() == 0 ? 0 : state.spentSeconds() / state.told();
  }

  /** Whether the baseline has had less than the search; trials break a tie. */
  static boolean isBaselineBehind(Search search) {
    int compared = Double.compare(seconds(search, Arm.BASELINE), seconds(search, Arm.MAIN));
    return compared < 0
        || (compared == 0 && search.arm(Arm.BASELINE).trained() < search.arm(Arm.MAIN).trained());
  }

  /** Trials of which the arm's strategy and scheduler do not know the end. */
  static int untold(Search search, Arm arm) {
    Stream<Trial> untold =
        search.spec().isToldOnArrival(arm)
            ? search.openTrials()
            : search.trials().subList(search.told(), search.trials().size()).stream();
    return (int) untold.filter(trial -> isSearching(trial, arm)).count();
  }

  private static boolean isSearching(Trial trial, Arm arm) {
    return trial.arm() == arm
        && trial.stage() == Stage.SEARCH
        && trial.state() != TrialState.REJECTED;
  }
}
