package dev.archipelago.controller.search;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import dev.archipelago.controller.search.Fact.LossCause;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.tabular.TableException;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.wire.ToWorker;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One search: gathers what arrives, turns it into facts, and lets nobody see a fact before it is in
 * the journal.
 *
 * <p>While a commit is being written, commands wait; then all of them are decided on the new state
 * and go down as the next commit. A round trip to the journal costs about half a millisecond
 * whatever it carries, so a busy search writes few large commits and an idle one many small.
 * Replies leave after the write. What a command leads to is {@link Decisions}' to say, the state is
 * {@link SearchFold}'s: here are only the order of things and the clocks.
 */
public final class SearchEntity extends AbstractBehavior<SearchCommand> {
  public static final EntityTypeKey<SearchCommand> TYPE_KEY =
      EntityTypeKey.create(SearchCommand.class, "search");

  /** More waiting commands than this, and reports are answered Busy. */
  private static final int INTAKE_CAPACITY = 10_000;

  private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);

  /** What the entity and its journal say to each other and to themselves. */
  sealed interface Internal extends SearchCommand {}

  /** The journal is read; also after a failure. */
  record Recovered(Optional<Search> search) implements Internal {}

  /** The commit is written; this is the state after it. */
  record Persisted(Search search) implements Internal {}

  /** What the clock of the simulated workers shows from now on. */
  record SimulatedTime(long nanos) implements Internal {}

  private record Tick() implements Internal {}

  private record Reopen() implements Internal {}

  /** A lease ended without a word from its worker. */
  record LeaseEnded(int number, int attempt, LossCause cause) implements Internal {}

  /**
   * What the entity needs from around it.
   *
   * @param lease lifetime of a lease that nobody renews
   * @param heartbeat how often workers renew
   * @param leasesDieWithController whether leases found at the first recovery are lost: true where
   *     the workers were children of the controller that ended
   * @param tables reads a table of published results
   * @param clock wall time, journalled for people
   * @param nanos monotonic time, for leases
   */
  public record Surroundings(
      SearchFold fold,
      SearchAnswers answers,
      SearchRegistry registry,
      Duration lease,
      Duration heartbeat,
      boolean leasesDieWithController,
      Function<String, Table> tables,
      Clock clock,
      LongSupplier nanos) {

    /** Brings the table of searches up to date. */
    void register(Search now) {
      registry.update(new SearchRegistry.Entry(now.id(), now.status(), answers.summary(now)));
    }
  }

  private final SearchId id;
  private final Surroundings around;
  private final LeaseClock leases;
  private final RunningClock clock;
  private final PoolLine pool;
  private final Decisions decisions;
  private final Deque<SearchCommand> intake = new ArrayDeque<>();

  private ActorRef<SearchJournal.Persist> journal;
  private @Nullable Search search; // as journalled; null before the first commit
  private boolean ready; // the journal is read
  private boolean recoveredBefore;
  private @Nullable Step writing; // the commit on its way down
  private String trouble = "";
  private String unplaced = ""; // why none of the pool's workers may take its trials
  private @Nullable ActorRef<SimulatedWorkers.Message> simulated;

  public static Behavior<SearchCommand> create(SearchId id, Surroundings around) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new SearchEntity(context, timers, id, around)));
  }

  private SearchEntity(
      ActorContext<SearchCommand> context,
      TimerScheduler<SearchCommand> timers,
      SearchId id,
      Surroundings around) {
    super(context);
    this.id = id;
    this.around = around;
    this.leases = new LeaseClock(around.lease(), around.heartbeat().multipliedBy(3));
    this.clock = new RunningClock(around.nanos());
    this.pool = new PoolLine(id);
    this.decisions = new Decisions(id, around, leases, pool, this::answer);
    this.journal = openJournal();
    timers.startTimerWithFixedDelay(new Tick(), around.heartbeat());
  }

  @Override
  public Receive<SearchCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(Recovered.class, this::onRecovered)
        .onMessage(Persisted.class, this::onPersisted)
        .onMessage(SimulatedTime.class, this::onSimulatedTime)
        .onMessage(Tick.class, this::onTick)
        .onMessage(Reopen.class, this::onReopen)
        .onMessage(SearchCommand.Ask.class, this::onAsk)
        .onMessage(SearchCommand.NoWorkerFits.class, this::onNoWorkerFits)
        .onMessage(SearchCommand.class, this::onCommand)
        .onSignal(ChildFailed.class, this::onJournalFailed)
        .build();
  }

  // The journal

  private ActorRef<SearchJournal.Persist> openJournal() {
    ActorRef<SearchJournal.Persist> child =
        getContext()
            .spawnAnonymous(SearchJournal.create(id, around.fold(), getContext().getSelf()));
    getContext().watch(child);
    return child;
  }

  private Behavior<SearchCommand> onRecovered(Recovered recovered) {
    search = recovered.search().orElse(null);
    ready = true;
    trouble = "";
    clock.restart(search, clock.now());
    if (writing != null) { // did it reach the disk? decide its commands again; all are idempotent
      List<SearchCommand> again = unanswered(writing);
      writing = null;
      for (int i = again.size() - 1; i >= 0; i--) {
        intake.addFirst(again.get(i));
      }
    }
    if (search != null) {
      boolean orphaned = around.leasesDieWithController() || search.table().isPresent();
      if (orphaned && !recoveredBefore) {
        search
            .runningTrials()
            .forEach(trial -> intake.addFirst(lost(trial, LossCause.CONTROLLER_ENDED)));
      }
      followLeases(search);
      published();
    }
    recoveredBefore = true;
    return advance();
  }

  private Behavior<SearchCommand> onPersisted(Persisted persisted) {
    search = persisted.search();
    Step done = requireNonNull(writing, "nothing was being written");
    writing = null;
    followLeases(persisted.search()); // before a worker hears of its lease
    done.sendReplies();
    published(); // its offer comes after any NoWork that was decided before
    return advance();
  }

  private Behavior<SearchCommand> onJournalFailed(ChildFailed failed) {
    Throwable cause = failed.getCause();
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof SQLException sql && isDuplicateKey(sql)) {
      getContext()
          .getLog()
          .error("search {}: another controller writes its journal; this one stops", id);
      return Behaviors.stopped();
    }
    ready = false;
    trouble =
        "the journal cannot be used: "
            + Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    getContext().getLog().error("search {}: {}", id, trouble, failed.getCause());
    getContext().scheduleOnce(REOPEN_AFTER, getContext().getSelf(), new Reopen());
    return this;
  }

  /** SQLState 23505, unique violation, in H2 and in PostgreSQL. */
  private static boolean isDuplicateKey(SQLException e) {
    return "23505".equals(e.getSQLState());
  }

  private Behavior<SearchCommand> onReopen(Reopen reopen) {
    journal = openJournal();
    return this;
  }

  private void followLeases(Search now) {
    if (now.table().isEmpty()) { // simulated workers hold theirs as long as they live
      leases.follow(now, around.nanos().getAsLong());
    }
  }

  /** What follows from a new state in the journal: the table of searches, the pool. */
  private void published() {
    Search now = requireNonNull(search);
    around.register(now);
    pool.offer(now);
    simulate(now);
  }

  /** Where a table answers, its workers live and end with the search. */
  private void simulate(Search now) {
    Optional<Evaluator.Table> table = now.table();
    if (table.isEmpty()) {
      return;
    }
    if (now.status().isOver() && simulated != null) {
      getContext().stop(simulated);
      simulated = null;
    } else if (now.status() == SearchStatus.RUNNING && simulated != null) {
      simulated.tell(new SimulatedWorkers.Poke());
    } else if (now.status() == SearchStatus.RUNNING) {
      try {
        Table read = around.tables().apply(table.get().file());
        trouble = "";
        simulated =
            getContext()
                .spawnAnonymous(
                    SimulatedWorkers.create(read, table.get().workers(), getContext().getSelf()));
      } catch (TableException e) { // the next tick tries again
        trouble = String.valueOf(e.getMessage());
      }
    }
  }

  private Behavior<SearchCommand> onSimulatedTime(SimulatedTime time) {
    clock.simulate(time.nanos());
    return this;
  }

  /**
   * What has to be decided again after a write of which nobody knows whether it reached the disk.
   * Where it did, leases are granted now, not a second time.
   */
  private List<SearchCommand> unanswered(Step step) {
    List<SearchCommand> again = new ArrayList<>(step.commands());
    for (Fact fact : step.facts()) {
      int number =
          fact instanceof Fact.Proposed proposed
              ? proposed.number()
              : fact instanceof Fact.Leased leased ? leased.number() : -1;
      Optional<Trial> trial = search == null ? Optional.empty() : search.find(number);
      if (trial.isPresent() && trial.get().state() == TrialState.RUNNING) {
        grantOnce(again, requireNonNull(search), trial.get());
      }
    }
    return again;
  }

  private static void grantOnce(List<SearchCommand> again, Search search, Trial trial) {
    for (int i = 0; i < again.size(); i++) {
      if (again.get(i) instanceof SearchCommand.RequestLease request
          && trial.lease().orElseThrow().worker().equals(request.worker())) {
        again.remove(i);
        request
            .replyTo()
            .tell(new SearchNews.Granted(request.worker(), Assignments.of(search, trial)));
        return;
      }
    }
  }

  // The intake

  private Behavior<SearchCommand> onCommand(SearchCommand command) {
    if (intake.size() >= INTAKE_CAPACITY) {
      if (command instanceof SearchCommand.Reported reported) {
        reported.replyTo().tell(new ToWorker.Busy(Decisions.attempt(reported)));
      }
      return this; // leases and heartbeats come again by themselves
    }
    intake.add(command);
    return advance();
  }

  private Behavior<SearchCommand> onAsk(SearchCommand.Ask ask) {
    if (search == null && !ready && trouble.isEmpty()) {
      intake.add(ask); // the journal is still being read
    } else {
      answer(ask);
    }
    return this;
  }

  /** What the pool says is no fact: it is shown as long as it holds. */
  private Behavior<SearchCommand> onNoWorkerFits(SearchCommand.NoWorkerFits none) {
    unplaced = none.why();
    return this;
  }

  private void answer(SearchCommand.Ask ask) {
    boolean waits = search != null && search.status() == SearchStatus.RUNNING;
    String wrong = trouble.isEmpty() && waits ? unplaced : trouble;
    ask.replyTo()
        .tell(search == null ? unknown() : around.answers().answer(ask.question(), search, wrong));
  }

  private Answer unknown() {
    return trouble.isEmpty()
        ? new Answer(404, "{\"error\":\"search " + id + " has not started\"}")
        : new Answer(503, Errors.json(trouble));
  }

  /** Decides what waits, and sends the facts down. */
  private Behavior<SearchCommand> advance() {
    while (ready && writing == null && !intake.isEmpty()) {
      Step step = step();
      while (!intake.isEmpty() && !step.isFull()) {
        SearchCommand command = intake.remove();
        step.took(command);
        decisions.decide(step, command);
      }
      step.postponed().ifPresent(intake::addFirst);
      if (step.facts().isEmpty()) {
        step.sendReplies();
      } else {
        write(step);
      }
    }
    return this;
  }

  private Step step() {
    RunningClock.Moment now = clock.now();
    return new Step(around.fold(), search, clock.running(search, now), now);
  }

  private void write(Step step) {
    Search after = step.state();
    Commit.Header header =
        new Commit.Header(
            Commit.SCHEMA,
            after.spec().strategy().algorithmVersion(),
            SpecHash.of(after.specText()),
            around.clock().instant(),
            step.running());
    clock.restart(after, step.begun()); // what was decided since then took time, too
    writing = step;
    journal.tell(new SearchJournal.Persist(new Commit(header, step.facts())));
  }

  // Clocks

  private Behavior<SearchCommand> onTick(Tick tick) {
    if (ready && search != null && simulated == null) {
      simulate(search);
    }
    if (ready && search != null && writing == null) {
      leases
          .expired(around.nanos().getAsLong())
          .forEach(
              (number, attempt) -> intake.add(new LeaseEnded(number, attempt, LossCause.EXPIRED)));
      if (intake.isEmpty()) {
        settle();
      }
    }
    return advance();
  }

  /** A time budget ends without anybody saying anything. */
  private void settle() {
    Step step = step();
    step.settle();
    if (!step.facts().isEmpty()) {
      write(step);
    }
  }

  private static LeaseEnded lost(Trial trial, LossCause cause) {
    return new LeaseEnded(trial.number(), trial.attempt(), cause);
  }
}
