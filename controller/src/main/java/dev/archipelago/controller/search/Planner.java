package dev.archipelago.controller.search;

import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.trial.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a search does next. Pure: a state and a worker in, a fact out. */
public final class Planner {

  /** The planner's answer to a worker that asks for work. */
  sealed interface Work {
    /** A trial for this worker. */
    record Lease(Fact fact, int number) implements Work {}

    /** A proposal that breaks a limit: journal it, then ask again. */
    record Reject(Fact fact) implements Work {}

    /** Nothing now, and why: the sentence is shown to whoever wonders about an idle worker. */
    record Idle(String why) implements Work {}

    /** Nothing for this worker's engine, though there is work; why, for the same people. */
    record Unfit(String why) implements Work {}
  }

  private Planner() {}

  /**
   * What comes next does not depend on who asks: a worker that cannot do it leaves it to another.
   *
   * @param capabilities of the worker's engine
   * @param running how long the search has run by now
   */
  static Work work(Search search, WorkerId worker, Set<Capability> capabilities, Duration running) {
    if (search.status() != SearchStatus.RUNNING) {
      return new Work.Idle("is " + search.status().name().toLowerCase(Locale.ROOT));
    }
    Optional<Work> unfit = Optional.empty();
    for (Trial trial : waiting(search)) {
      Optional<String> lacking = Needs.of(search, trial).lacking(capabilities);
      if (lacking.isEmpty()) {
        return new Work.Lease(
            new Fact.Leased(trial.number(), trial.attempt() + 1, worker), trial.number());
      }
      unfit = lacking.map(Work.Unfit::new);
    }
    Turn turn = Turns.next(search, running);
    if (turn instanceof Turn.Candidate candidate) {
      Optional<String> lacking = Needs.of(search, candidate).lacking(capabilities);
      return lacking.isPresent()
          ? new Work.Unfit(lacking.get())
          : propose(search, candidate, worker);
    }
    if (unfit.isPresent()) {
      return unfit.get();
    } else if (turn instanceof Turn.Blocked blocked) {
      return new Work.Idle(blocked.why());
    } else {
      return new Work.Idle("waits for the last trials of this stage");
    }
  }

  private static List<Trial> waiting(Search search) {
    return search.openTrials().filter(trial -> trial.state() == TrialState.WAITING).toList();
  }

  private static Work propose(Search search, Turn.Candidate candidate, WorkerId worker) {
    int number = search.trials().size();
    boolean fresh =
        search.stage() == Stage.SEARCH
            && candidate.round().isEmpty()
            && candidate.lineage().parent().isEmpty();
    Optional<String> broken =
        fresh ? Limits.broken(search, candidate.architecture()) : Optional.empty();
    if (broken.isPresent()) {
      return new Work.Reject(
          new Fact.Rejected(
              number, candidate.arm(), candidate.architecture(), candidate.told(), broken.get()));
    }
    return new Work.Lease(
        new Fact.Proposed(
            number,
            candidate.arm(),
            search.stage(),
            candidate.architecture(),
            candidate.round(),
            candidate.lineage(),
            candidate.exhausted(),
            candidate.told(),
            worker),
        number);
  }

  /** What follows from the state alone, without a worker: the ends of stages and of the search. */
  static Optional<Fact> settle(Search search, Duration running) {
    if (search.status() != SearchStatus.RUNNING || !search.open().isEmpty()) {
      return Optional.empty();
    }
    if (!(Turns.next(search, running) instanceof Turn.Done done)) {
      return Optional.empty();
    }
    if (search.stage() == Stage.SEARCH) {
      Search told = search.toldOfAll(); // of the last trials, too: no proposal came after them
      if (!Ranking.hasAny(told, Arm.MAIN)) {
        return Optional.of(new Fact.Broken(noneCompleted(told, done.why())));
      }
    }
    if (search.stage() == Stage.FINAL
        && search.spec().retraining().top() > 0
        && Ranking.tested(search, Arm.MAIN).isEmpty()) {
      return Optional.of(
          new Fact.Broken("no chosen network could be tested" + lastFailure(search)));
    }
    if (search.stage() == Stage.FINAL) {
      return Optional.of(
          new Fact.Finished(Verdicts.withBaseline(search), Verdicts.withReferences(search)));
    }
    return Optional.of(new Fact.StageEnded(search.stage(), done.why()));
  }

  private static String noneCompleted(Search search, String why) {
    Optional<String> broken =
        search.arm(Arm.MAIN).strategy().finalists().stream()
            .flatMap(List::stream)
            .flatMap(named -> Limits.broken(search, named).stream())
            .findFirst();
    if (broken.isPresent()) { // had one kept them, it would be retrained
      return "every network that the strategy named breaks a limit: " + broken.get();
    }
    return "no trial completed, and " + why + lastFailure(search);
  }

  private static String lastFailure(Search search) {
    return search.trials().stream()
        .filter(trial -> trial.failure().isPresent())
        .reduce((first, second) -> second)
        .map(trial -> "; trial " + trial.number() + ": " + trial.failure().get().message())
        .orElse("");
  }
}
