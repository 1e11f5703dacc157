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
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToWorker;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
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
 * Replies leave after the write. Decisions are {@link Planner}'s and {@link Rulings}', the state is
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

  private record LeaseEnded(int number, int attempt, LossCause cause) implements Internal {}

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
      LongSupplier nanos) {}

  private final SearchId id;
  private final Surroundings around;
  private final LeaseClock leases;
  private final Deque<SearchCommand> intake = new ArrayDeque<>();

  private ActorRef<SearchJournal.Persist> journal;
  private @Nullable Search search; // as journalled; null before the first commit
  private boolean ready; // the journal is read
  private boolean recoveredBefore;
  private @Nullable Step writing; // the commit on its way down
  private String trouble = "";
  private @Nullable ActorRef<SearchNews> pool;
  private @Nullable ActorRef<SimulatedWorkers.Message> simulated;
  private long simulatedNanos;
  private long runningSinceNanos;

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
    runningSinceNanos = runningClock(search);
    if (writing != null) { // did it reach the disk? decide its commands again; all are idempotent
      List<SearchCommand> again = unanswered(writing);
      writing = null;
      for (int i = again.size() - 1; i >= 0; i--) {
        intake.addFirst(again.get(i));
      }
    }
    if (search != null) {
      boolean orphaned = around.leasesDieWithController() || table(search).isPresent();
      if (orphaned && !recoveredBefore) {
        search
            .openTrials()
            .filter(trial -> trial.state() == TrialState.RUNNING)
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
    done.replies.forEach(Runnable::run);
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
    if (table(now).isEmpty()) { // simulated workers hold theirs as long as they live
      leases.follow(now, around.nanos().getAsLong());
    }
  }

  /** What follows from a new state in the journal: the table of searches, the pool. */
  private void published() {
    Search now = requireNonNull(search);
    register(now);
    offer();
    simulate(now);
  }

  /** Where a table answers, its workers live and end with the search. */
  private void simulate(Search now) {
    Optional<Evaluator.Table> table = table(now);
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

  private static Optional<Evaluator.Table> table(@Nullable Search search) {
    return search != null && search.spec().evaluator() instanceof Evaluator.Table table
        ? Optional.of(table)
        : Optional.empty();
  }

  private Behavior<SearchCommand> onSimulatedTime(SimulatedTime time) {
    simulatedNanos = time.nanos();
    return this;
  }

  private void register(Search now) {
    around
        .registry()
        .update(new SearchRegistry.Entry(id, now.status(), around.answers().summary(now)));
  }

  /**
   * What has to be decided again after a write of which nobody knows whether it reached the disk.
   * Where it did, leases are granted now, not a second time.
   */
  private List<SearchCommand> unanswered(Step step) {
    List<SearchCommand> again = new ArrayList<>(step.commands);
    for (Fact fact : step.facts) {
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

  private void offer() {
    if (pool != null && search != null) {
      long running =
          search.openTrials().filter(trial -> trial.state() == TrialState.RUNNING).count();
      boolean hasWork = search.status() == SearchStatus.RUNNING && table(search).isEmpty();
      pool.tell(new SearchNews.Offer(id, hasWork, (int) running, search.status().isOver()));
    }
  }

  // The intake

  private Behavior<SearchCommand> onCommand(SearchCommand command) {
    if (intake.size() >= INTAKE_CAPACITY) {
      if (command instanceof SearchCommand.Reported reported) {
        reported.replyTo().tell(new ToWorker.Busy(attempt(reported)));
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

  private void answer(SearchCommand.Ask ask) {
    ask.replyTo()
        .tell(
            search == null ? unknown() : around.answers().answer(ask.question(), search, trouble));
  }

  private Answer unknown() {
    return trouble.isEmpty()
        ? new Answer(404, "{\"error\":\"search " + id + " has not started\"}")
        : new Answer(503, Errors.json(trouble));
  }

  /** Decides what waits, and sends the facts down. */
  private Behavior<SearchCommand> advance() {
    while (ready && writing == null && !intake.isEmpty()) {
      Step step = new Step(search);
      while (!intake.isEmpty() && step.facts.size() < Commit.CAPACITY) {
        SearchCommand command = intake.remove();
        step.commands.add(command);
        decide(step, command);
      }
      if (step.facts.isEmpty()) {
        step.replies.forEach(Runnable::run);
      } else {
        write(step);
      }
    }
    return this;
  }

  private void write(Step step) {
    Search after = requireNonNull(step.state);
    Commit.Header header =
        new Commit.Header(
            Commit.SCHEMA,
            after.spec().strategy().algorithmVersion(),
            SpecHash.of(after.specText()),
            around.clock().instant(),
            running(search));
    runningSinceNanos = runningClock(after);
    writing = step;
    journal.tell(new SearchJournal.Persist(new Commit(header, step.facts)));
  }

  /** How long the search has run by now. */
  private Duration running(@Nullable Search of) {
    if (of == null) {
      return Duration.ZERO;
    }
    return of.status() == SearchStatus.RUNNING
        ? of.running().plusNanos(runningClock(of) - runningSinceNanos)
        : of.running();
  }

  /** The simulated workers' where there are such, otherwise the machine's. */
  private long runningClock(@Nullable Search of) {
    return table(of).isPresent() ? simulatedNanos : around.nanos().getAsLong();
  }

  /** A commit in the making: the state after its facts, and who waits for it. */
  private final class Step {
    private @Nullable Search state;
    private final List<Fact> facts = new ArrayList<>();
    private final List<SearchCommand> commands = new ArrayList<>();
    private final List<Runnable> replies = new ArrayList<>();

    Step(@Nullable Search state) {
      this.state = state;
    }

    void add(Fact fact) {
      state = around.fold().apply(Optional.ofNullable(state), fact);
      facts.add(fact);
    }
  }

  private void decide(Step step, SearchCommand command) {
    if (command instanceof SearchCommand.Start start) {
      start(step, start);
    } else if (command instanceof SearchCommand.Ask ask) {
      step.replies.add(() -> answer(ask));
    } else if (command instanceof SearchCommand.Wake wake) {
      wake(step, wake);
    } else if (step.state == null) {
      refuse(step, command);
    } else if (command instanceof SearchCommand.RequestLease request) {
      settle(step);
      lease(step, request);
    } else if (command instanceof SearchCommand.Reported reported) {
      report(step, reported);
    } else if (command instanceof SearchCommand.RenewLeases renew) {
      renew(step, renew);
    } else if (command instanceof SearchCommand.Crashed crashed) {
      crash(step, crashed);
    } else if (command instanceof SearchCommand.WorkerGone gone) {
      gone(step, gone);
    } else if (command instanceof LeaseEnded ended) {
      Rulings.lost(step.state, ended.number(), ended.attempt(), ended.cause()).forEach(step::add);
    } else if (command instanceof SearchCommand.Control control) {
      control(step, control);
    } else {
      throw new AssertionError("no such command: " + command);
    }
    settle(step);
  }

  private void settle(Step step) {
    while (step.state != null && step.facts.size() < Commit.CAPACITY) {
      Optional<Fact> fact = Planner.settle(step.state, running(search));
      if (fact.isEmpty()) {
        return;
      }
      step.add(fact.get());
    }
  }

  private void start(Step step, SearchCommand.Start start) {
    if (step.state != null) {
      step.replies.add(
          () -> answerStatus(start.replyTo())); // told again, after a write that seemed to fail
      return;
    }
    step.add(
        new Fact.Started(
            start.id(), start.name(), start.spec(), start.task(), around.clock().instant()));
    step.replies.add(() -> answerStatus(start.replyTo()));
  }

  private void wake(Step step, SearchCommand.Wake wake) {
    pool = wake.pool();
    if (step.state == null) {
      around.registry().forget(id); // registered by a controller that died before it began
      pool.tell(new SearchNews.Offer(id, false, 0, true));
    } else {
      step.replies.add(this::offer);
      if (step.state.status() != SearchStatus.RUNNING) {
        register(step.state); // the table is why it was woken: it missed the end
      }
    }
  }

  /** Nothing has begun here: say so to whoever waits for an answer. */
  private void refuse(Step step, SearchCommand command) {
    if (command instanceof SearchCommand.RequestLease request) {
      request.replyTo().tell(new SearchNews.NoWork(id, request.worker(), "has not started"));
    } else if (command instanceof SearchCommand.Reported reported) {
      reported.replyTo().tell(new ToWorker.Acknowledged(attempt(reported)));
    } else if (command instanceof SearchCommand.Crashed crashed) {
      crashed.replyTo().tell(new ToWorker.Acknowledged(crashed.attempt()));
    } else if (command instanceof SearchCommand.Control control) {
      step.replies.add(() -> control.replyTo().tell(unknown()));
    }
  }

  private void lease(Step step, SearchCommand.RequestLease request) {
    while (true) {
      Planner.Work work =
          Planner.work(requireNonNull(step.state), request.worker(), running(search));
      if (work instanceof Planner.Work.Reject reject) {
        step.add(reject.fact());
        settle(step);
        if (step.facts.size() >= Commit.CAPACITY) {
          intake.addFirst(request); // the rest of the way in the next commit
          step.commands.remove(step.commands.size() - 1);
          return;
        }
      } else if (work instanceof Planner.Work.Lease lease) {
        grant(step, request, lease);
        return;
      } else if (work instanceof Planner.Work.Idle idle) {
        step.replies.add(
            () -> request.replyTo().tell(new SearchNews.NoWork(id, request.worker(), idle.why())));
        return;
      }
    }
  }

  private void grant(Step step, SearchCommand.RequestLease request, Planner.Work.Lease lease) {
    step.add(lease.fact());
    Search after = requireNonNull(step.state);
    Trial trial = after.trial(lease.number());
    if (trial.stage() == Stage.FINAL) {
      step.add(new Fact.TestRead(trial.number(), trial.attempt()));
    }
    step.replies.add(
        () ->
            request
                .replyTo()
                .tell(new SearchNews.Granted(request.worker(), Assignments.of(after, trial))));
  }

  private void report(Step step, SearchCommand.Reported reported) {
    Search before = requireNonNull(step.state);
    List<Fact> facts = Rulings.outcome(before, reported.outcome());
    facts.forEach(step::add);
    cancelOthers(step, before, reported.worker());
    step.replies.add(() -> reported.replyTo().tell(new ToWorker.Acknowledged(attempt(reported))));
  }

  private void crash(Step step, SearchCommand.Crashed crashed) {
    Search before = requireNonNull(step.state);
    Attempt attempt = crashed.attempt();
    Rulings.crashed(before, attempt.trial().number(), attempt.number(), crashed.evidence())
        .forEach(step::add);
    cancelOthers(step, before, crashed.worker());
    step.replies.add(() -> crashed.replyTo().tell(new ToWorker.Acknowledged(attempt)));
  }

  private void renew(Step step, SearchCommand.RenewLeases renew) {
    Search now = requireNonNull(step.state);
    pool = renew.pool();
    leases
        .renew(now, renew.worker(), renew.held(), around.nanos().getAsLong())
        .forEach(
            missing ->
                Rulings.lost(now, missing.trial().number(), missing.number(), LossCause.WORKER_GONE)
                    .forEach(step::add));
    for (Attempt held : renew.held()) {
      if (!isWanted(now, held)) {
        step.replies.add(
            () -> renew.pool().tell(new SearchNews.CancelAttempt(renew.worker(), held)));
      }
    }
  }

  /** Whether the attempt's outcome would still count: any attempt of an open trial may win. */
  private static boolean isWanted(Search search, Attempt attempt) {
    return search
        .find(attempt.trial().number())
        .filter(trial -> !trial.state().isOver() && attempt.number() <= trial.attempt())
        .isPresent();
  }

  private void gone(Step step, SearchCommand.WorkerGone gone) {
    Search now = requireNonNull(step.state);
    now.openTrials()
        .filter(trial -> trial.state() == TrialState.RUNNING)
        .filter(trial -> trial.lease().orElseThrow().worker().equals(gone.worker()))
        .forEach(
            trial ->
                Rulings.lost(now, trial.number(), trial.attempt(), LossCause.WORKER_GONE)
                    .forEach(step::add));
  }

  private void control(Step step, SearchCommand.Control control) {
    Search before = requireNonNull(step.state);
    SearchStatus status = before.status();
    Optional<Fact> fact =
        switch (control.action()) {
          case PAUSE ->
              status == SearchStatus.RUNNING ? Optional.of(new Fact.Paused()) : Optional.empty();
          case RESUME ->
              status == SearchStatus.PAUSED ? Optional.of(new Fact.Resumed()) : Optional.empty();
          case CANCEL -> status.isOver() ? Optional.empty() : Optional.of(new Fact.Cancelled());
        };
    if (fact.isPresent()) {
      step.add(fact.get());
      cancelOthers(step, before, new WorkerId("", ""));
    } else if (!isAlready(status, control.action())) {
      String error =
          "search %s is %s: it cannot be %s".formatted(id, lower(status), done(control.action()));
      step.replies.add(() -> control.replyTo().tell(new Answer(409, Errors.json(error))));
      return;
    }
    step.replies.add(() -> answerStatus(control.replyTo()));
  }

  private static boolean isAlready(SearchStatus status, SearchCommand.Action action) {
    return switch (action) {
      case PAUSE -> status == SearchStatus.PAUSED;
      case RESUME -> status == SearchStatus.RUNNING;
      case CANCEL -> status == SearchStatus.CANCELLED;
    };
  }

  private static String done(SearchCommand.Action action) {
    return switch (action) {
      case PAUSE -> "paused";
      case RESUME -> "resumed";
      case CANCEL -> "cancelled";
    };
  }

  private static String lower(SearchStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private void answerStatus(ActorRef<Answer> replyTo) {
    answer(new SearchCommand.Ask(new Question.Status(), replyTo));
  }

  /** Stops the attempts at trials that are over now, but for the one whose worker just spoke. */
  private void cancelOthers(Step step, Search before, WorkerId speaker) {
    Search after = requireNonNull(step.state);
    before
        .openTrials()
        .filter(trial -> trial.state() == TrialState.RUNNING)
        .filter(trial -> after.trial(trial.number()).state().isOver())
        .filter(trial -> !trial.lease().orElseThrow().worker().equals(speaker))
        .forEach(
            trial ->
                step.replies.add(
                    () -> {
                      if (pool != null) {
                        pool.tell(
                            new SearchNews.CancelAttempt(
                                trial.lease().orElseThrow().worker(),
                                new Attempt(new TrialId(id, trial.number()), trial.attempt())));
                      }
                    }));
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
      if (intake.isEmpty() && Planner.settle(search, running(search)).isPresent()) {
        settleNow(); // a time budget ends without anybody saying anything
      }
    }
    return advance();
  }

  private void settleNow() {
    Step step = new Step(search);
    settle(step);
    write(step);
  }

  private static LeaseEnded lost(Trial trial, LossCause cause) {
    return new LeaseEnded(trial.number(), trial.attempt(), cause);
  }

  private static Attempt attempt(SearchCommand.Reported reported) {
    return new Attempt(reported.outcome().trial(), reported.outcome().attempt());
  }
}
