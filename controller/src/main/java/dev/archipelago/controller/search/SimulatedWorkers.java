package dev.archipelago.controller.search;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToWorker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Workers that look results up in a table, on a clock of their own: what thousands of hours of
 * training gave takes seconds, and goes through the whole of the search's machinery.
 *
 * <p>The clock moves only when every idle worker has asked for work and was answered: then the
 * trial that ends first is reported, and what that leads to is decided before the next. So a
 * simulation depends on spec and seed alone, whatever the machine does meanwhile.
 */
final class SimulatedWorkers extends AbstractBehavior<SimulatedWorkers.Message> {

  sealed interface Message {}

  /** There may be work again. */
  record Poke() implements Message {}

  private record News(SearchNews news) implements Message {}

  private record Reply(ToWorker reply) implements Message {}

  private record Again(SearchCommand.Reported report) implements Message {}

  /**
   * A trial under way.
   *
   * @param order of the leases, which decides among those that end together
   */
  private record Busy(long endNanos, long order, WorkerId worker, Outcome outcome) {}

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String INCARNATION = "simulated";

  private final TableEvaluation evaluation;
  private final ActorRef<SearchCommand> search;
  private final ActorRef<SearchNews> news;
  private final ActorRef<ToWorker> replies;
  private final Deque<WorkerId> idle = new ArrayDeque<>();
  private final PriorityQueue<Busy> busy =
      new PriorityQueue<>(Comparator.comparingLong(Busy::endNanos).thenComparingLong(Busy::order));
  private int unanswered;
  private long nowNanos;
  private long leases;
  private SearchCommand.@Nullable Reported latest;

  /** Workers of one search. They stop with it. */
  static Behavior<Message> create(Table table, int workers, ActorRef<SearchCommand> search) {
    return Behaviors.setup(
        context -> new SimulatedWorkers(context, new TableEvaluation(table), workers, search));
  }

  private SimulatedWorkers(
      ActorContext<Message> context,
      TableEvaluation evaluation,
      int workers,
      ActorRef<SearchCommand> search) {
    super(context);
    this.evaluation = evaluation;
    this.search = search;
    this.news = context.messageAdapter(SearchNews.class, News::new);
    this.replies = context.messageAdapter(ToWorker.class, Reply::new);
    for (int number = 1; number <= workers; number++) {
      idle.add(new WorkerId("simulated-" + number, INCARNATION));
    }
    ask();
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Poke.class, poke -> onPoke())
        .onMessage(News.class, this::onNews)
        .onMessage(Reply.class, this::onReply)
        .onMessage(Again.class, this::onAgain)
        .build();
  }

  /** All that are idle ask for work. */
  private void ask() {
    List<WorkerId> asking = new ArrayList<>(idle);
    idle.clear();
    unanswered += asking.size();
    search.tell(new SearchEntity.SimulatedTime(nowNanos));
    asking.forEach(worker -> search.tell(new SearchCommand.RequestLease(worker, Set.of(), news)));
  }

  private Behavior<Message> onPoke() {
    if (unanswered == 0 && busy.isEmpty()) {
      ask();
    }
    return this;
  }

  private Behavior<Message> onNews(News message) {
    if (message.news() instanceof SearchNews.Granted granted) {
      begin(granted.worker(), granted.assignment());
      unanswered--;
    } else if (message.news() instanceof SearchNews.NoWork none) {
      idle.add(none.worker());
      unanswered--;
    }
    if (unanswered == 0) {
      advance();
    }
    return this;
  }

  private void begin(WorkerId worker, Assignment assignment) {
    TableEvaluation.Run run = evaluation.run(assignment);
    busy.add(new Busy(nowNanos + run.duration().toNanos(), leases++, worker, run.outcome()));
  }

  /** Moves the clock to the next end; with nothing under way it waits to be poked. */
  private void advance() {
    Busy next = busy.poll();
    if (next != null) {
      nowNanos = next.endNanos();
      unanswered++;
      idle.add(next.worker());
      report(new SearchCommand.Reported(next.worker(), next.outcome(), replies));
    }
  }

  private void report(SearchCommand.Reported report) {
    search.tell(new SearchEntity.SimulatedTime(nowNanos));
    search.tell(report);
    latest = report;
  }

  private Behavior<Message> onReply(Reply message) {
    if (message.reply() instanceof ToWorker.Acknowledged) {
      unanswered--;
      ask();
    } else if (message.reply() instanceof ToWorker.Busy) {
      SearchCommand.Reported report = requireNonNull(latest, "nothing was reported");
      getContext().scheduleOnce(PAUSE, getContext().getSelf(), new Again(report));
    }
    return this;
  }

  private Behavior<Message> onAgain(Again message) {
    report(message.report());
    return this;
  }
}
