package dev.archipelago.controller.search;

import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.FakeRounds;
import dev.archipelago.controller.strategy.Told.RoundResult;
import dev.archipelago.controller.tabular.MadeUpTable;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TestScore;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.trial.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * A search without actors, clocks or engines: plays facts through the planner, the rulings and the
 * fold, with a fake training whose result is a function of the trial.
 */
public final class Simulation {
  public static final Task TASK = new Task(new Shape(1, 28, 28), 10);
  static final SearchId ID = new SearchId("simulated");
  private static final int TEST_IMAGES = 200;
  private static final Table TABLE = MadeUpTable.of(cell -> 10 + cell % 7);

  private final SearchFold fold = new SearchFold(new RecordedSpecs());
  private final List<Fact> facts = new ArrayList<>();
  private final SplitMix64 chance;
  private final FakeRounds rounds = new FakeRounds(Simulation::quality);
  private IntPredicate failing = ordinal -> false;
  private double secondsOfRounds = 1;
  private Predicate<Trial> endless = trial -> false;
  private Search search;

  private Simulation(SplitMix64 chance, Search search) {
    this.chance = chance;
    this.search = search;
  }

  /** A new search. */
  static Simulation start(String spec, long chance) {
    Fact.Started started = new Fact.Started(ID, "simulated", spec, TASK, Instant.EPOCH);
    Search search = new SearchFold(new RecordedSpecs()).apply(Optional.empty(), started);
    Simulation simulation = new Simulation(new SplitMix64(chance), search);
    simulation.facts.add(started);
    return simulation;
  }

  /**
   * Goes on from a state, as a controller does that finds it in its journal: all leases are lost.
   */
  static Simulation resume(Search search, long chance) {
    Simulation simulation = new Simulation(new SplitMix64(chance), search);
    search
        .openTrials()
        .filter(trial -> trial.state() == TrialState.RUNNING)
        .forEach(
            trial ->
                Rulings.lost(
                        search, trial.number(), trial.attempt(), Fact.LossCause.CONTROLLER_ENDED)
                    .forEach(simulation::add));
    return simulation;
  }

  /** The share of 3x3 convolutions, as NAS-Bench-201 counts its operations. */
  private static double quality(List<Integer> path) {
    return path.stream().filter(option -> option == 3).count() / (double) path.size();
  }

  /**
   * Which rounds on shared weights fail, and what each of them takes.
   *
   * @param ordinals among the proposals of the main arm
   */
  Simulation withRounds(IntPredicate ordinals, double seconds) {
    failing = ordinals;
    secondsOfRounds = seconds;
    return this;
  }

  /** Which trials run on whatever happens. */
  Simulation withEndless(Predicate<Trial> trials) {
    endless = trials;
    return this;
  }

  Search search() {
    return search;
  }

  /** All facts so far, in order. */
  List<Fact> facts() {
    return facts;
  }

  void add(Fact fact) {
    search = fold.apply(Optional.of(search), fact);
    facts.add(fact);
  }

  /** Runs to the end with so many workers, which finish in an order of chance. */
  Simulation run(int workers) {
    return runUntil(workers, state -> state.status().isOver());
  }

  /** Runs until the state is one that is asked for. */
  Simulation runUntil(int workers, Predicate<Search> there) {
    while (!there.test(search)) {
      Optional<Fact> settled = Planner.settle(search, Duration.ZERO);
      if (settled.isPresent()) {
        add(settled.get());
      } else if (!leaseOne(workers)) {
        finishOne();
      }
    }
    return this;
  }

  /** Leases one trial more. */
  void lease() {
    if (!leaseOne(Integer.MAX_VALUE)) {
      throw new AssertionError("there is nothing to lease");
    }
  }

  /** Leases a trial to a free worker; false where none is free or there is nothing to do. */
  private boolean leaseOne(int workers) {
    long running = search.openTrials().filter(trial -> trial.state() == TrialState.RUNNING).count();
    if (running >= workers) {
      return false;
    }
    WorkerId worker = new WorkerId("w" + running, "1");
    Planner.Work work = Planner.work(search, worker, Set.of(Capability.values()), Duration.ZERO);
    if (work instanceof Planner.Work.Lease lease) {
      add(lease.fact());
      return true;
    } else if (work instanceof Planner.Work.Reject reject) {
      add(reject.fact());
      return true;
    }
    return false;
  }

  private void finishOne() {
    List<Trial> running =
        search
            .openTrials()
            .filter(trial -> trial.state() == TrialState.RUNNING && !endless.test(trial))
            .toList();
    if (running.isEmpty()) {
      throw new AssertionError("the search is stuck in stage " + search.stage());
    }
    Trial trial = running.get(chance.nextInt(running.size()));
    Rulings.outcome(search, isUnlucky(trial) ? failure(search, trial) : outcome(trial))
        .forEach(this::add);
  }

  private Outcome outcome(Trial trial) {
    if (trial.round().isPresent()) {
      return share(trial, new Ask.Share(trial.architecture(), trial.round().get()));
    }
    return search.spec().evaluator() instanceof Evaluator.Table
        ? new TableEvaluation(TABLE).run(Assignments.of(search, trial)).outcome()
        : train(search, trial);
  }

  private Outcome share(Trial trial, Ask.Share share) {
    if (failing.test(trial.ordinal())) {
      rounds.fail(trial.ordinal(), share);
      return failure(search, trial);
    }
    RoundResult result = rounds.answer(trial.ordinal(), share).round().orElseThrow();
    return new Outcome.Completed(
        new TrialId(search.id(), trial.number()),
        trial.attempt(),
        new Measurement(
            result.validation(),
            Optional.empty(),
            List.of(),
            List.of(),
            1,
            1,
            secondsOfRounds,
            1_000,
            1 << 20,
            "cpu",
            "fake",
            secondsOfRounds,
            Map.of(),
            Optional.of(result.weights()),
            Optional.of(result.report()),
            OptionalDouble.empty()));
  }

  /** One trial in nine of a table fails, as trainings do. */
  private boolean isUnlucky(Trial trial) {
    return search.spec().evaluator() instanceof Evaluator.Table
        && trial.stage() == Stage.SEARCH
        && Math.floorMod(SplitMix64.derive(5, trial.architecture().values().hashCode()), 9) == 0;
  }

  private static Outcome failure(Search search, Trial trial) {
    return new Outcome.Failed(
        new TrialId(search.id(), trial.number()),
        trial.attempt(),
        new TrialFailure(Category.DIVERGED, false, "loss is NaN"));
  }

  /** Narrow layers are good, one in eleven diverges; stages RETRAIN and FINAL always succeed. */
  public static Outcome train(Search search, Trial trial) {
    TrialId id = new TrialId(search.id(), trial.number());
    long hash = SplitMix64.derive(7, trial.architecture().values().hashCode());
    if (trial.stage() == Stage.SEARCH && Math.floorMod(hash, 11) == 0) {
      return new Outcome.Failed(
          id, trial.attempt(), new TrialFailure(Category.DIVERGED, false, "loss is NaN"));
    }
    PlanCost cost = PlanCost.of(search.plan(trial));
    double accuracy = 1 / (1 + cost.params() / 50_000.0) - Math.floorMod(hash, 97) / 10_000.0;
    Score score = new Score(accuracy, 1 - accuracy, TEST_IMAGES);
    BitSet correct = new BitSet();
    correct.set(0, (int) (accuracy * TEST_IMAGES));
    boolean last = trial.stage() == Stage.FINAL;
    return new Outcome.Completed(
        id,
        trial.attempt(),
        new Measurement(
            last ? Optional.empty() : Optional.of(score),
            last ? Optional.of(new TestScore(score, correct)) : Optional.empty(),
            List.of(),
            List.of(),
            cost.params(),
            cost.flops(),
            1,
            1_000,
            1 << 20,
            "cpu",
            "fake",
            1,
            Map.of(),
            kept(search, trial),
            Optional.empty(),
            OptionalDouble.empty()));
  }

  /** As many digits as a SHA-256 has. */
  private static Optional<String> kept(Search search, Trial trial) {
    boolean keeps =
        Assignments.of(search, trial).evaluation() instanceof Evaluation.Train train
            && train.heirs().isPresent();
    return keeps ? Optional.of("%064x".formatted(trial.number())) : Optional.empty();
  }
}
