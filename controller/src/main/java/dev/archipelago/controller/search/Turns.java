package dev.archipelago.controller.search;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import java.time.Duration;
import java.util.List;

/** Whose turn it is in each stage; of the first, {@link SearchTurns} knows. */
final class Turns {
  private Turns() {}

  static Turn next(Search search, Duration running) {
    return switch (search.stage()) {
      case SEARCH -> SearchTurns.next(search, running);
      case RETRAIN -> retrain(search);
      case FINAL -> last(search);
    };
  }

  /** Every arm's finalists, the arms one after the other. */
  private static Turn retrain(Search search) {
    int proposed = 0;
    for (Arm arm : search.armList()) {
      List<Architecture> finalists = Ranking.finalists(search, arm);
      int done = (int) search.trials(arm, Stage.RETRAIN).count();
      if (done < finalists.size()) {
        return Turn.Candidate.chosen(arm, finalists.get(done), search.told());
      }
      proposed += done;
    }
    return new Turn.Done(proposed + " networks retrained");
  }

  /**
   * Every arm's best retrained network; where its last training fails, the next best. Then the
   * published networks, each once.
   */
  private static Turn last(Search search) {
    for (Arm arm : search.armList()) {
      boolean settled =
          search.trials(arm, Stage.FINAL).anyMatch(trial -> trial.state() != TrialState.FAILED);
      if (settled) {
        continue;
      }
      List<Trial> best = Ranking.ranked(search, arm, Stage.RETRAIN).toList();
      int failed = (int) search.trials(arm, Stage.FINAL).count();
      if (failed < best.size()) {
        return Turn.Candidate.chosen(arm, best.get(failed).architecture(), search.told());
      }
    }
    int references = (int) search.trials(Arm.REFERENCE, Stage.FINAL).count();
    if (references < search.spec().baselines().references().size()) {
      SearchSpace space = search.space(Arm.REFERENCE);
      return Turn.Candidate.chosen(
          Arm.REFERENCE, new Architecture(space.kind(), List.of(references)), search.told());
    }
    return new Turn.Done("the chosen networks are tested");
  }
}
