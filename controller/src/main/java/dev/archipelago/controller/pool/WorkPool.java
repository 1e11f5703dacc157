package dev.archipelago.controller.pool;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.archipelago.controller.schedule.FairShare;
import dev.archipelago.controller.schedule.FairShare.Claim;
import dev.archipelago.controller.search.SearchCommand;
import dev.archipelago.controller.search.SearchNews;
import dev.archipelago.controller.search.SearchRegistry;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ProtocolVersion;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Brings free workers and searches together, and knows how every worker does. A cluster singleton
 * with soft state only: after a failover workers say Hello again and searches offer again.
 *
 * <p>It never decides what is true: leases belong to the searches. A request to a search is not
 * answered where that search has moved or died; then it is forgotten after a while and the worker's
 * next pull asks again.
 */
public final class WorkPool extends AbstractBehavior<PoolCommand> {

  /** How often the table of searches is read, to wake those that no message has woken. */
  private static final Duration LOOK_AROUND = Duration.ofSeconds(10);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /** A pull that comes so soon after a grant was sent before the grant arrived. */
  private static final Duration CROSSING = Duration.ofMillis(300);

  /** Workers that were silent for so long are no longer shown. */
  private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

  /** What the pool says to itself. */
  sealed interface Internal extends PoolCommand {}

  private record News(SearchNews news) implements Internal {}

  private record Tick() implements Internal {}

  private record LookAround() implements Internal {}

  private record Running(List<SearchId> searches) implements Internal {}

  /**
   * What the pool needs from around it.
   *
   * @param searches sends a command to a search, wherever it lives
   * @param heartbeat how often workers are to say that they live
   * @param blocking where the registry may be read
   * @param nanos monotonic time
   */
  public record Surroundings(
      BiConsumer<SearchId, SearchCommand> searches,
      SearchRegistry registry,
      Duration heartbeat,
      Executor blocking,
      LongSupplier nanos) {}

  /** A search as the pool knows it; {@code why} is its latest reason to have no work. */
  private record Known(boolean hasWork, int running, String why) {}

  /** A lease request on its way. */
  private record Request(SearchId search, WorkerId worker, long sentNanos) {}

  private final Surroundings around;
  private final ActorRef<SearchNews> news;
  private final Map<WorkerId, WorkerEntry> workers = new LinkedHashMap<>();
  private final Set<WorkerId> replaced = new HashSet<>(); // incarnations whose name another took
  private final Map<SearchId, Known> searches = new TreeMap<>();
  private final List<Request> requests = new ArrayList<>();

  public static Behavior<PoolCommand> create(Surroundings around) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new WorkPool(context, timers, around)));
  }

  private WorkPool(
      ActorContext<PoolCommand> context, TimerScheduler<PoolCommand> timers, Surroundings around) {
    super(context);
    this.around = around;
    this.news = context.messageAdapter(SearchNews.class, News::new);
    timers.startTimerWithFixedDelay(new Tick(), around.heartbeat());
    timers.startTimerWithFixedDelay(new LookAround(), Duration.ZERO, LOOK_AROUND);
  }

  @Override
  public Receive<PoolCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(PoolCommand.FromWorker.class, this::onFromWorker)
        .onMessage(News.class, this::onNews)
        .onMessage(Tick.class, this::onTick)
        .onMessage(LookAround.class, this::onLookAround)
        .onMessage(Running.class, this::onRunning)
        .onMessage(PoolCommand.Discover.class, this::onDiscover)
        .onMessage(PoolCommand.GetWorkers.class, this::onGetWorkers)
        .onMessage(PoolCommand.WorkerExited.class, this::onWorkerExited)
        .build();
  }

  // Workers

  private Behavior<PoolCommand> onFromWorker(PoolCommand.FromWorker command) {
    ToController message = command.message();
    if (message instanceof ToController.Hello hello) {
      hello(hello);
    } else if (message instanceof ToController.Pull pull) {
      pull(pull);
    } else if (message instanceof ToController.Heartbeat heartbeat) {
      heartbeat(heartbeat);
    } else if (message instanceof ToController.Goodbye goodbye) {
      remove(goodbye.worker());
    } else {
      getContext().getLog().error("the gateway should not hand on {}", message.getClass());
    }
    return this;
  }

  private void hello(ToController.Hello hello) {
    if (hello.protocolVersion() != ProtocolVersion.CURRENT) {
      String reason =
          "worker %s speaks protocol version %d, this controller %d: run the same release on both"
              .formatted(hello.worker().name(), hello.protocolVersion(), ProtocolVersion.CURRENT);
      getContext().getLog().warn(reason);
      hello.replyTo().tell(new ToWorker.Refused(ProtocolVersion.CURRENT, reason));
      return;
    }
    if (replaced.contains(hello.worker())) {
      String reason =
          "another worker is called %s: give each a name of its own (--name)"
              .formatted(hello.worker().name());
      getContext().getLog().warn(reason);
      hello.replyTo().tell(new ToWorker.Refused(ProtocolVersion.CURRENT, reason));
      return;
    }
    List<WorkerId> dead =
        workers.keySet().stream()
            .filter(known -> known.name().equals(hello.worker().name()))
            .filter(known -> !known.equals(hello.worker()))
            .toList();
    dead.forEach(this::remove); // started anew under its name: the one before has ended
    replaced.addAll(dead);
    workers.put(
        hello.worker(),
        WorkerEntry.arrived(
            hello.worker(), hello.description(), hello.replyTo(), hello.held(), now()));
    hello.replyTo().tell(new ToWorker.Welcome(ProtocolVersion.CURRENT, around.heartbeat()));
    renew(hello.worker(), hello.held());
  }

  private void pull(ToController.Pull pull) {
    WorkerEntry worker = workers.get(pull.worker());
    if (worker == null) {
      return; // from before a failover: its next heartbeat is answered by SayHello
    }
    int asked = (int) requests.stream().filter(sent -> sent.worker().equals(pull.worker())).count();
    int onItsWay = now() - worker.grantedNanos() < CROSSING.toNanos() ? 1 : 0;
    workers.put(
        pull.worker(), worker.heard(now()).withSlots(Math.max(0, pull.slots() - asked - onItsWay)));
    match();
  }

  private void heartbeat(ToController.Heartbeat heartbeat) {
    WorkerEntry worker = workers.get(heartbeat.worker());
    if (worker == null) {
      heartbeat.replyTo().tell(new ToWorker.SayHello()); // it knew the pool before this one
      return;
    }
    workers.put(heartbeat.worker(), worker.beating(heartbeat.held(), heartbeat.progress(), now()));
    renew(heartbeat.worker(), heartbeat.held());
  }

  /** Tells every search what the worker holds of it, so that it sees what it does not hold, too. */
  private void renew(WorkerId worker, List<Attempt> held) {
    Map<SearchId, List<Attempt>> bySearch =
        held.stream().collect(Collectors.groupingBy(attempt -> attempt.trial().search()));
    for (SearchId search : searches.keySet()) {
      around
          .searches()
          .accept(
              search,
              new SearchCommand.RenewLeases(
                  worker, bySearch.getOrDefault(search, List.of()), news));
    }
    bySearch.keySet().removeAll(searches.keySet());
    bySearch.forEach(
        (search, attempts) ->
            around
                .searches()
                .accept(search, new SearchCommand.RenewLeases(worker, attempts, news)));
  }

  private Behavior<PoolCommand> onWorkerExited(PoolCommand.WorkerExited exited) {
    List<WorkerId> gone =
        workers.keySet().stream().filter(known -> known.name().equals(exited.name())).toList();
    gone.forEach(this::remove);
    return this;
  }

  private void remove(WorkerId worker) {
    workers.remove(worker);
    requests.removeIf(request -> request.worker().equals(worker));
    for (SearchId search : searches.keySet()) {
      around.searches().accept(search, new SearchCommand.WorkerGone(worker));
    }
  }

  // Searches

  private Behavior<PoolCommand> onNews(News wrapped) {
    SearchNews said = wrapped.news();
    if (said instanceof SearchNews.Granted granted) {
      granted(granted);
    } else if (said instanceof SearchNews.NoWork none) {
      noWork(none);
    } else if (said instanceof SearchNews.Offer offer) {
      offered(offer);
    } else if (said instanceof SearchNews.CancelAttempt cancel) {
      WorkerEntry worker = workers.get(cancel.worker());
      if (worker != null) {
        worker.ref().tell(new ToWorker.Cancel(cancel.attempt()));
      }
    }
    return this;
  }

  private void granted(SearchNews.Granted granted) {
    SearchId search = granted.assignment().trial().search();
    answered(search, granted.worker());
    WorkerEntry worker = workers.get(granted.worker());
    if (worker == null) {
      around.searches().accept(search, new SearchCommand.WorkerGone(granted.worker()));
      return;
    }
    workers.put(granted.worker(), worker.granted(now()));
    worker.ref().tell(new ToWorker.Assign(granted.assignment()));
    Known known = searches.get(search);
    if (known != null) {
      searches.put(search, new Known(known.hasWork(), known.running() + 1, ""));
    }
    match();
  }

  private void noWork(SearchNews.NoWork none) {
    answered(none.search(), none.worker());
    Known known = searches.get(none.search());
    if (known != null) {
      searches.put(none.search(), new Known(false, known.running(), none.why()));
    }
    WorkerEntry worker = workers.get(none.worker());
    if (worker != null) {
      workers.put(none.worker(), worker.withSlots(worker.slots() + 1));
    }
    match();
  }

  private void answered(SearchId search, WorkerId worker) {
    for (int i = 0; i < requests.size(); i++) {
      Request request = requests.get(i);
      if (request.search().equals(search) && request.worker().equals(worker)) {
        requests.remove(i);
        return;
      }
    }
  }

  private void offered(SearchNews.Offer offer) {
    if (offer.over()) {
      searches.remove(offer.search());
    } else {
      Known known = searches.get(offer.search());
      String why = known == null || offer.hasWork() ? "" : known.why();
      searches.put(offer.search(), new Known(offer.hasWork(), offer.running(), why));
    }
    match();
  }

  private Behavior<PoolCommand> onDiscover(PoolCommand.Discover discover) {
    around.searches().accept(discover.search(), new SearchCommand.Wake(news));
    return this;
  }

  private Behavior<PoolCommand> onLookAround(LookAround look) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(around.registry()::running, around.blocking()),
            (running, failure) -> new Running(failure == null ? running : List.of()));
    return this;
  }

  private Behavior<PoolCommand> onRunning(Running running) {
    running
        .searches()
        .forEach(search -> around.searches().accept(search, new SearchCommand.Wake(news)));
    return this;
  }

  // Matching

  private void match() {
    for (WorkerEntry worker : List.copyOf(workers.values())) {
      // Who is silent may be dead: a trial given to it would wait for the end of its lease.
      int slots = isSilent(worker) ? 0 : worker.slots();
      while (slots > 0) {
        Optional<SearchId> search = FairShare.next(claims());
        if (search.isEmpty()) {
          workers.put(worker.id(), worker.withSlots(slots).idle(whyIdle()));
          break;
        }
        requests.add(new Request(search.get(), worker.id(), now()));
        around.searches().accept(search.get(), new SearchCommand.RequestLease(worker.id(), news));
        slots--;
        workers.put(worker.id(), worker.withSlots(slots));
      }
    }
  }

  private boolean isSilent(WorkerEntry worker) {
    return now() - worker.heardNanos() > silence().toNanos();
  }

  /** Three heartbeats missed. */
  private Duration silence() {
    return around.heartbeat().multipliedBy(3);
  }

  private List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    searches.forEach(
        (id, known) -> {
          if (known.hasWork()) {
            int asked =
                (int) requests.stream().filter(request -> request.search().equals(id)).count();
            claims.add(new Claim(id, known.running() + asked));
          }
        });
    return claims;
  }

  private String whyIdle() {
    if (searches.isEmpty()) {
      return "no search is running";
    }
    return searches.entrySet().stream()
        .map(
            entry ->
                "search "
                    + entry.getKey()
                    + " "
                    + (entry.getValue().why().isEmpty()
                        ? "has no work now"
                        : entry.getValue().why()))
        .collect(Collectors.joining("; "));
  }

  // Clocks and views

  private Behavior<PoolCommand> onTick(Tick tick) {
    long now = now();
    for (Request request : List.copyOf(requests)) {
      if (now - request.sentNanos() > ANSWER_WITHIN.toNanos()) {
        requests.remove(request); // the worker's next pull asks again
      }
    }
    List<WorkerId> forgotten =
        workers.values().stream()
            .filter(worker -> now - worker.heardNanos() > FORGET_AFTER.toNanos())
            .map(WorkerEntry::id)
            .toList();
    forgotten.forEach(this::remove);
    return this;
  }

  private Behavior<PoolCommand> onGetWorkers(PoolCommand.GetWorkers get) {
    get.replyTo()
        .tell(
            new SearchCommand.Answer(
                200, WorkersDocument.json(workers.values(), now(), silence())));
    return this;
  }

  private long now() {
    return around.nanos().getAsLong();
  }
}
