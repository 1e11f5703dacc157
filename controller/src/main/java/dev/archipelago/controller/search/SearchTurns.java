package dev.archipelago.controller.search;

import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.Step;
import dev.archipelago.controller.spec.Baselines.Match;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.TrialState;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whose turn it is in stage SEARCH, and what it does: starts a new configuration, or goes on with
 * one.
 *
 * <p>Trial n is decided when exactly the outcomes up to n - window have been told, in the order of
 * the trials, or as many more as it takes until an arm has an answer. So the sequence of trials
 * depends on spec and seed, and not on how many workers there are or which is faster. Rounds on
 * shared weights do not wait for the networks that their baseline trains ({@link
 * SearchSpec#isToldOnArrival}).
 */
final class SearchTurns {
  /** After so many proposals in a row that break a limit, the space is taken to hold no other. */
  static final int MOST_REJECTIONS = 1_000;

  private SearchTurns() {}

  static Turn next(Search search, Duration running) {
    SearchSpec spec = search.spec();
    if (spec.budget().time().isPresent() && running.compareTo(spec.budget().time().get()) >= 0) {
      return new Turn.Done("the time budget is spent");
    }
    if (rejectionsInARow(search) >= MOST_REJECTIONS) {
      return new Turn.Done(
          "%,d proposals in a row broke the constraints: loosen them or narrow the space"
              .formatted(MOST_REJECTIONS));
    }
    boolean inOrder = spec.order() == SearchSpec.Order.PROPOSAL;
    int due = inOrder ? Math.max(search.told(), search.trials().size() - spec.window() + 1) : 0;
    for (int number = search.told(); number < due; number++) {
      if (!search.isPassable(number)) {
        return new Turn.Blocked(
            "waits for trial %d: the window of %d proposals is full"
                .formatted(number, spec.window()));
      }
    }
    if (search.open().size() >= spec.window()) {
      return new Turn.Blocked("the window of %d open trials is full".formatted(spec.window()));
    }
    return inOrder ? decideInOrder(search.toldOf(due)) : decide(search);
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

  /** Tells one more result, and another, until an arm has an answer. */
  private static Turn decideInOrder(Search informed) {
    Search search = informed;
    while (true) {
      Turn turn = decide(search);
      boolean more = search.told() < search.trials().size() && search.isPassable(search.told());
      if (!(turn instanceof Turn.Blocked) || !more) {
        return turn;
      }
      search = search.toldOf(search.told() + 1);
    }
  }

  private static Turn decide(Search search) {
    Optional<Match> match = search.spec().baselines().random();
    if (match.isEmpty()) {
      return ofArm(search, Arm.MAIN);
    }
    return match.get() == Match.TRIALS ? byTrials(search) : bySeconds(search);
  }

  /** The arm with fewer trials goes first; when one is done or waits, the other goes on. */
  private static Turn byTrials(Search search) {
    boolean mainFirst = search.arm(Arm.MAIN).trained() <= search.arm(Arm.BASELINE).trained();
    Turn first = ofArm(search, mainFirst ? Arm.MAIN : Arm.BASELINE);
    if (first instanceof Turn.Candidate) {
      return first; // the other is not even asked, which may cost a second
    }
    Turn second = ofArm(search, mainFirst ? Arm.BASELINE : Arm.MAIN);
    if (second instanceof Turn.Done) {
      return first;
    }
    return second instanceof Turn.Candidate || first instanceof Turn.Done ? second : first;
  }

  /** The baseline goes whenever it has had less of the workers' time, and ends when it has not. */
  private static Turn bySeconds(Search search) {
    if (Spending.isBaselineBehind(search)) {
      Turn baseline = ofArm(search, Arm.BASELINE);
      if (baseline instanceof Turn.Candidate) {
        return baseline;
      }
      Turn main = ofArm(search, Arm.MAIN);
      return main instanceof Turn.Done && baseline instanceof Turn.Blocked ? baseline : main;
    }
    Turn main = ofArm(search, Arm.MAIN);
    boolean guessed = Spending.untold(search, Arm.MAIN) + Spending.untold(search, Arm.BASELINE) > 0;
    return main instanceof Turn.Done && guessed
        ? new Turn.Blocked("the baseline waits to see what the trials have cost")
        : main;
  }

  private static Turn ofArm(Search search, Arm arm) {
    ArmState state = search.arm(arm);
    Optional<Duration> limit = search.spec().budget().deviceTime();
    double most = limit.map(time -> time.toNanos() * 1e-9).orElse(Double.POSITIVE_INFINITY);
    if (state.spentSeconds() >= most) {
      return new Turn.Done("the budget of device time is spent");
    }
    if (Spending.seconds(search, arm) >= most) { // by a guess, which must not end anything
      return new Turn.Blocked("waits to see what its trials have cost");
    }
    Scheduler scheduler = state.scheduler();
    Optional<String> exhausted = Optional.empty();
    while (true) {
      Step step = scheduler.next();
      if (step instanceof Step.Promote promote) {
        return promoted(search, arm, promote, exhausted.isPresent());
      } else if (step instanceof Step.Wait) {
        return new Turn.Blocked("the schedule waits for results");
      } else if (step instanceof Step.Done) {
        return new Turn.Done(exhausted.orElse("the budget of configurations is spent"));
      }
      Ask answer = ask(search, arm);
      if (answer instanceof Ask.Propose propose) {
        return started(search, arm, propose, ((Step.Start) step).rung());
      } else if (answer instanceof Ask.Share share) {
        Lineage lineage = Lineage.fresh(((Step.Start) step).rung());
        return new Turn.Candidate(
            arm, share.shown(), Optional.of(share.round()), lineage, false, search.told());
      } else if (answer instanceof Ask.Wait) {
        return new Turn.Blocked("the strategy waits for results");
      }
      exhausted = Optional.of(((Ask.Exhausted) answer).reason());
      scheduler = scheduler.exhausted(); // it starts nothing more, so this ends
    }
  }

  private static Ask ask(Search search, Arm arm) {
    ArmState state = search.arm(arm);
    int proposal = state.proposed();
    return state.strategy().ask(proposal, Seeds.proposal(search.spec().seed(), arm, proposal));
  }

  private static Turn started(Search search, Arm arm, Ask.Propose propose, int rung) {
    Architecture architecture = propose.architecture();
    OptionalInt donor = Heritage.donor(search, arm, propose);
    OptionalInt lender =
        donor.isPresent() ? OptionalInt.empty() : Lending.lender(search, arm, architecture, rung);
    Lineage lineage = new Lineage(rung, OptionalInt.empty(), lender, donor);
    return new Turn.Candidate(arm, architecture, Optional.empty(), lineage, false, search.told());
  }

  private static Turn promoted(Search search, Arm arm, Step.Promote step, boolean exhausted) {
    int parent =
        Objects.requireNonNull(
            search.arm(arm).latest().get(step.configuration()), "no such configuration");
    Architecture architecture = search.trial(parent).architecture();
    OptionalInt lender = Lending.lender(search, arm, architecture, step.rung());
    Lineage lineage = new Lineage(step.rung(), OptionalInt.of(parent), lender, OptionalInt.empty());
    return new Turn.Candidate(
        arm, architecture, Optional.empty(), lineage, exhausted, search.told());
  }
}
