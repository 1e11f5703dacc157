package dev.archipelago.controller.search;

import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whose turn it is in each stage.
 *
 * <p>Proposal n is asked when exactly the outcomes up to n - window have been told, in the order of
 * the proposals, and the arms take turns by what they have proposed. So the sequence of proposals
 * depends on spec and seed, and not on how many workers there are or which is faster.
 */
final class Turns {
  /** After so many proposals in a row that break a limit, the space is taken to hold no other. */
  static final int MOST_REJECTIONS = 1_000;

  private Turns() {}

  static Turn next(Search search, Duration running) {
    return switch (search.stage()) {
      case SEARCH -> search(search, running);
      case RETRAIN -> retrain(search);
      case FINAL -> last(search);
    };
  }

  private static Turn search(Search search, Duration running) {
    SearchSpec spec = search.spec();
    if (spec.budget().time().isPresent() && running.compareTo(spec.budget().time().get()) >= 0) {
      return new Turn.Done("the time budget is spent");
    }
    if (rejectionsInARow(search) >= MOST_REJECTIONS) {
      return new Turn.Done(
          "%,d proposals in a row broke the constraints: loosen them or narrow the space"
              .formatted(MOST_REJECTIONS));
    }
    List<Arm> arms = new ArrayList<>(search.armList());
    arms.removeIf(arm -> search.arm(arm).trained() >= spec.budget().trials());
    if (arms.isEmpty()) {
      return new Turn.Done("the budget of " + spec.budget().trials() + " trials is spent");
    }
    arms.sort(Comparator.comparingInt(arm -> search.arm(arm).trained()));
    int due = search.told();
    if (spec.order() == SearchSpec.Order.PROPOSAL) {
      due = Math.max(due, search.trials().size() - spec.window() + 1);
      for (int number = search.told(); number < due; number++) {
        if (!search.trial(number).state().isOver()) {
          return new Turn.Blocked(
              "waits for trial %d: the window of %d proposals is full"
                  .formatted(number, spec.window()));
        }
      }
    } else if (search.open().size() >= spec.window()) {
      return new Turn.Blocked("the window of %d open trials is full".formatted(spec.window()));
    }
    return ask(search.toldOf(due), arms);
  }

  private static Turn ask(Search informed, List<Arm> arms) {
    Search search = informed;
    String exhausted = "";
    for (Arm arm : arms) {
      while (true) {
        ArmState state = search.arm(arm);
        Ask answer =
            state
                .strategy()
                .ask(state.proposed(), Seeds.proposal(search.spec().seed(), arm, state.proposed()));
        if (answer instanceof Ask.Propose propose) {
          return new Turn.Candidate(arm, propose.architecture(), search.told());
        } else if (answer instanceof Ask.Exhausted done) {
          exhausted = done.reason();
          break;
        } else if (search.spec().order() == SearchSpec.Order.PROPOSAL
            && search.told() < search.trials().size()
            && search.trial(search.told()).state().isOver()) {
          search = search.toldOf(search.told() + 1);
        } else {
          return new Turn.Blocked("the strategy waits for results");
        }
      }
    }
    return new Turn.Done(exhausted);
  }

  private static int rejectionsInARow(Search search) {
    int count = 0;
    for (int number = search.trials().size() - 1;
        number >= 0 && search.trial(number).state() == TrialState.REJECTED;
        number--) {
      count++;
    }
    return count;
  }

  /** Every arm's finalists, the arms one after the other. */
  private static Turn retrain(Search search) {
    int proposed = 0;
    for (Arm arm : search.armList()) {
      List<Trial> finalists = Ranking.finalists(search, arm);
      int done = (int) search.trials(arm, Stage.RETRAIN).count();
      if (done < finalists.size()) {
        return new Turn.Candidate(arm, finalists.get(done).architecture(), search.told());
      }
      proposed += done;
    }
    return new Turn.Done(proposed + " networks retrained");
  }

  /** Every arm's best retrained network; where its last training fails, the next best. */
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
        return new Turn.Candidate(arm, best.get(failed).architecture(), search.told());
      }
    }
    return new Turn.Done("the chosen networks are tested");
  }
}
