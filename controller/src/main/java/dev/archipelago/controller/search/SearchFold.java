package dev.archipelago.controller.search;

import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.random.RandomSearch;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;

/**
 * Facts to state. Pure: the same facts give the same state, bit for bit, on any machine.
 *
 * <p>{@code StrictMath} in the strategies and generators derived from the seed make it so.
 */
public final class SearchFold {
  private final SpecReader specs;

  public SearchFold(SpecReader specs) {
    this.specs = specs;
  }

  /** The state after a commit; empty before the first. */
  public Optional<Search> apply(Optional<Search> search, Commit commit) {
    Optional<Search> next = search;
    for (Fact fact : commit.facts()) {
      next = Optional.of(apply(next, fact));
    }
    return next.map(state -> SearchDraft.of(state).running(commit.header().running()).toSearch());
  }

  /**
   * @throws IllegalStateException if the fact cannot follow this state: the journal is not one that
   *     this program wrote
   */
  public Search apply(Optional<Search> before, Fact fact) {
    if (fact instanceof Fact.Started started) {
      if (before.isPresent()) {
        throw new IllegalStateException("a search starts once");
      }
      return start(started);
    }
    Search search =
        before.orElseThrow(() -> new IllegalStateException("no search has started yet"));
    if (fact instanceof Fact.Proposed proposed) {
      return proposed(search, proposed);
    } else if (fact instanceof Fact.Rejected rejected) {
      return rejected(search, rejected);
    } else if (fact instanceof Fact.Leased leased) {
      Lease lease = new Lease(leased.attempt(), leased.worker());
      return change(search, search.trial(leased.number()).leased(lease));
    } else if (fact instanceof Fact.LeaseLost lost) {
      return change(search, search.trial(lost.number()).lost(lost.cause()));
    } else if (fact instanceof Fact.Crashed crashed) {
      return change(search, search.trial(crashed.number()).crashedIn(crashed.attempt()));
    } else if (fact instanceof Fact.Completed completed) {
      Trial trial = search.trial(completed.number());
      Measurement found = completed.measurement();
      OptionalDouble reward = Rewards.of(search.spec(), trial.stage(), trial.lineage(), found);
      return over(search, trial.completed(found, reward));
    } else if (fact instanceof Fact.Failed failed) {
      return over(search, search.trial(failed.number()).failed(failed.failure()));
    } else if (fact instanceof Fact.TestRead) {
      return search; // a record for auditors
    } else if (fact instanceof Fact.StageEnded ended) {
      return stageEnded(search, ended);
    } else if (fact instanceof Fact.Paused) {
      return SearchDraft.of(search).status(SearchStatus.PAUSED).toSearch();
    } else if (fact instanceof Fact.Resumed) {
      return SearchDraft.of(search).status(SearchStatus.RUNNING).toSearch();
    } else if (fact instanceof Fact.Cancelled) {
      SearchDraft draft = SearchDraft.of(search).status(SearchStatus.CANCELLED);
      search.openTrials().forEach(trial -> draft.trial(trial.cancelled()));
      return draft.toSearch();
    } else if (fact instanceof Fact.Finished finished) {
      return SearchDraft.of(search)
          .status(SearchStatus.COMPLETED)
          .comparisons(finished.comparison(), finished.references())
          .toSearch();
    } else if (fact instanceof Fact.Broken broken) {
      return SearchDraft.of(search).status(SearchStatus.FAILED).reason(broken.reason()).toSearch();
    }
    throw new AssertionError("no such fact: " + fact);
  }

  private Search start(Fact.Started started) {
    SearchSpec spec = specs.read(started.spec(), started.task());
    PMap<Arm, ArmState> arms = HashTreePMap.singleton(Arm.MAIN, arm(spec, Arm.MAIN));
    if (spec.baselines().random().isPresent()) {
      arms = arms.plus(Arm.BASELINE, arm(spec, Arm.BASELINE));
    }
    return new Search(
        started.id(),
        started.name(),
        started.spec(),
        started.task(),
        spec,
        started.at(),
        SearchStatus.RUNNING,
        Stage.SEARCH,
        TreePVector.empty(),
        TreePSet.empty(),
        0,
        arms,
        Duration.ZERO,
        "",
        Optional.empty(),
        TreePMap.empty());
  }

  private static ArmState arm(SearchSpec spec, Arm arm) {
    return ArmState.start(
        kind(spec, arm).start(context(spec, arm)),
        spec.schedule().kind().start(scheduling(spec, arm)));
  }

  /** The kind of an arm's strategy. */
  public static StrategyKind kind(SearchSpec spec, Arm arm) {
    return arm == Arm.MAIN ? spec.strategy() : new RandomSearch();
  }

  /** What an arm's strategy is started, and read from a snapshot, with. */
  public static StrategyContext context(SearchSpec spec, Arm arm) {
    return new StrategyContext(
        spec.space(), spec.budget().trials(), Seeds.policy(spec.seed(), arm));
  }

  /** What an arm's scheduler is started, and read from a snapshot, with. */
  public static ScheduleContext scheduling(SearchSpec spec, Arm arm) {
    int trials = spec.budget().trials();
    int configurations =
        arm == Arm.BASELINE
            ? spec.baselines().random().map(match -> match.most(trials)).orElse(trials)
            : trials;
    return new ScheduleContext(configurations, spec.schedule().rungs().size(), trials);
  }

  private static Search proposed(Search before, Fact.Proposed fact) {
    checkNumber(before, fact.number());
    Search search = fact.stage() == Stage.SEARCH ? before.toldOf(fact.told()) : before;
    Trial trial =
        Trial.proposed(
                fact.number(),
                fact.arm(),
                fact.stage(),
                ordinal(search, fact),
                fact.architecture(),
                fact.round(),
                fact.lineage())
            .leased(new Lease(1, fact.worker()));
    SearchDraft draft = SearchDraft.of(search).trial(trial);
    if (fact.stage() == Stage.SEARCH) {
      draft.arm(fact.arm(), search.arm(fact.arm()).began(trial, fact.exhausted()));
    }
    return draft.toSearch();
  }

  private static int ordinal(Search search, Fact.Proposed fact) {
    if (fact.stage() != Stage.SEARCH) {
      return -1;
    }
    OptionalInt parent = fact.lineage().parent();
    return parent.isPresent()
        ? search.trial(parent.getAsInt()).ordinal()
        : search.arm(fact.arm()).proposed();
  }

  private static Search rejected(Search before, Fact.Rejected fact) {
    checkNumber(before, fact.number());
    Search search = before.toldOf(fact.told());
    ArmState arm = search.arm(fact.arm());
    Trial trial =
        Trial.proposed(
                fact.number(),
                fact.arm(),
                Stage.SEARCH,
                arm.proposed(),
                fact.architecture(),
                Optional.empty(),
                Lineage.FRESH)
            .rejected(new TrialFailure(Category.INVALID_PLAN, false, fact.reason()));
    Search after =
        SearchDraft.of(search).trial(trial).arm(fact.arm(), arm.rejected(trial)).toSearch();
    return tellOnArrival(after, trial);
  }

  private static void checkNumber(Search search, int number) {
    if (number != search.trials().size()) {
      throw new IllegalStateException(
          "trial %d cannot follow %d trials".formatted(number, search.trials().size()));
    }
  }

  private static Search change(Search search, Trial trial) {
    return SearchDraft.of(search).trial(trial).toSearch();
  }

  private static Search over(Search search, Trial trial) {
    return tellOnArrival(change(search, trial), trial);
  }

  private static Search tellOnArrival(Search search, Trial trial) {
    return search.spec().isToldOnArrival(trial.arm()) ? search.tell(trial) : search;
  }

  private static Search stageEnded(Search before, Fact.StageEnded fact) {
    Search search = fact.stage() == Stage.SEARCH ? before.toldOfAll() : before;
    SearchDraft draft = SearchDraft.of(search);
    if (fact.stage() == Stage.SEARCH) {
      draft.stage(Stage.RETRAIN).reason(fact.reason());
    } else if (fact.stage() == Stage.RETRAIN) {
      draft.stage(Stage.FINAL);
    }
    return draft.toSearch();
  }
}
