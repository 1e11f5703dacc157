package dev.archipelago.controller.pool;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.archipelago.controller.schedule.FairShare;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Brings free workers and searches together, and knows how every worker does. A cluster singleton
 * with soft state only: after a failover workers say Hello again and searches offer again.
 *
 * <p>It never decides what is true: leases belong to the searches. Here is who is told what; who
 * works is {@link Fleet}'s to know, and what there is to do, and for whom, {@link Demand}'s.
 */
public final class WorkPool extends AbstractBehavior<PoolCommand> {

  /** How often the table of searches is read, to wake those that no message has woken. */
  private static final Duration LOOK_AROUND = Duration.ofSeconds(10);

  /** A pull that comes so soon after a grant was sent before the grant arrived. */
  private static final Duration CROSSING = Duration.ofMillis(300);

  /** Heartbeats for which no worker may fit a search before it is told so: workers come and go. */
  private static final int PATIENT_BEATS = 6;

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

  private final Surroundings around;
  private final ActorRef<SearchNews> news;
  private final Fleet fleet;
  private final Demand demand = new Demand();
  private final Requests requests = new Requests();

  public static Behavior<PoolCommand> create(Surroundings around) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new WorkPool(context, timers, around)));
  }

  private WorkPool(
      ActorContext<PoolCommand> context, TimerScheduler<PoolCommand> timers, Surroundings around) {
    super(context);
    this.around = around;
    this.news = context.messageAdapter(SearchNews.class, News::new);
    this.fleet = new Fleet(around.heartbeat().multipliedBy(3));
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
    Optional<String> refusal = fleet.refusal(hello);
    if (refusal.isPresent()) {
      getContext().getLog().warn(refusal.get());
      hello.replyTo().tell(new ToWorker.Refused(ProtocolVersion.CURRENT, refusal.get()));
      return;
    }
    fleet.predecessors(hello.worker()).forEach(this::remove);
    fleet.put(
        WorkerEntry.arrived(
            hello.worker(), hello.description(), hello.replyTo(), hello.held(), now()));
    hello.replyTo().tell(new ToWorker.Welcome(ProtocolVersion.CURRENT, around.heartbeat()));
    renew(hello.worker(), hello.held());
  }

  private void pull(ToController.Pull pull) {
    WorkerEntry worker = fleet.find(pull.worker());
    if (worker == null) {
      return; // from before a failover: its next heartbeat is answered by SayHello
    }
    int asked = requests.onBehalfOf(pull.worker());
    int onItsWay = now() - worker.grantedNanos() < CROSSING.toNanos() ? 1 : 0;
    fleet.put(worker.heard(now()).withSlots(Math.max(0, pull.slots() - asked - onItsWay)));
    match();
  }

  private void heartbeat(ToController.Heartbeat heartbeat) {
    WorkerEntry worker = fleet.find(heartbeat.worker());
    if (worker == null) {
      heartbeat.replyTo().tell(new ToWorker.SayHello()); // it knew the pool before this one
      return;
    }
    fleet.put(worker.beating(heartbeat, now()));
    renew(heartbeat.worker(), heartbeat.held());
  }

  /** Tells every search what the worker holds of it, so that it sees what it does not hold, too. */
  private void renew(WorkerId worker, List<Attempt> held) {
    Map<SearchId, List<Attempt>> bySearch =
        held.stream().collect(Collectors.groupingBy(attempt -> attempt.trial().search()));
    for (SearchId search : demand.ids()) {
      tell(
          search,
          new SearchCommand.RenewLeases(worker, bySearch.getOrDefault(search, List.of()), news));
    }
    demand.ids().forEach(bySearch.keySet()::remove);
    bySearch.forEach(
        (search, attempts) -> tell(search, new SearchCommand.RenewLeases(worker, attempts, news)));
  }

  private Behavior<PoolCommand> onWorkerExited(PoolCommand.WorkerExited exited) {
    fleet.named(exited.name()).forEach(this::remove);
    return this;
  }

  private void remove(WorkerId worker) {
    fleet.remove(worker);
    requests.forget(worker);
    demand.ids().forEach(search -> tell(search, new SearchCommand.WorkerGone(worker)));
  }

  // Searches

  private Behavior<PoolCommand> onNews(News wrapped) {
    SearchNews said = wrapped.news();
    if (said instanceof SearchNews.Granted granted) {
      granted(granted);
    } else if (said instanceof SearchNews.NoWork none) {
      requests.answered(none.search(), none.worker());
      demand.noWork(none.search(), none.why());
      giveBack(none.worker());
    } else if (said instanceof SearchNews.Unfit unfit) {
      requests.answered(unfit.search(), unfit.worker());
      demand.unfit(unfit.search(), unfit.worker(), unfit.why());
      giveBack(unfit.worker());
    } else if (said instanceof SearchNews.Offer offer) {
      demand.offered(offer, now());
      match();
    } else if (said instanceof SearchNews.CancelAttempt cancel) {
      WorkerEntry worker = fleet.find(cancel.worker());
      if (worker != null) {
        worker.ref().tell(new ToWorker.Cancel(cancel.attempt()));
      }
    }
    return this;
  }

  private void granted(SearchNews.Granted granted) {
    SearchId search = granted.assignment().trial().search();
    requests.answered(search, granted.worker());
    WorkerEntry worker = fleet.find(granted.worker());
    if (worker == null) {
      tell(search, new SearchCommand.WorkerGone(granted.worker()));
      return;
    }
    fleet.put(worker.granted(now()));
    worker.ref().tell(new ToWorker.Assign(granted.assignment()));
    demand.granted(search);
    match();
  }

  /** A slot that was asked for and got nothing is free again. */
  private void giveBack(WorkerId id) {
    WorkerEntry worker = fleet.find(id);
    if (worker != null) {
      fleet.put(worker.withSlots(worker.slots() + 1));
    }
    match();
  }

  private Behavior<PoolCommand> onDiscover(PoolCommand.Discover discover) {
    tell(discover.search(), new SearchCommand.Wake(news));
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
    running.searches().forEach(search -> tell(search, new SearchCommand.Wake(news)));
    return this;
  }

  private void tell(SearchId search, SearchCommand command) {
    around.searches().accept(search, command);
  }

  // Matching

  private void match() {
    for (WorkerEntry worker : fleet.all()) {
      int slots = fleet.isSilent(worker, now()) ? 0 : worker.slots();
      while (slots > 0) {
        Optional<SearchId> search = FairShare.next(demand.claims(worker, requests));
        if (search.isEmpty()) {
          fleet.put(worker.withSlots(slots).idle(demand.whyIdle(worker)));
          break;
        }
        requests.add(search.get(), worker.id(), now());
        tell(
            search.get(),
            new SearchCommand.RequestLease(worker.id(), worker.description().capabilities(), news));
        slots--;
        fleet.put(worker.withSlots(slots));
      }
    }
  }

  // Clocks and views

  private Behavior<PoolCommand> onTick(Tick tick) {
    requests.expire(now());
    fleet.lost(now()).forEach(this::remove);
    demand
        .review(fleet.live(now()), around.heartbeat().multipliedBy(PATIENT_BEATS), now())
        .forEach((search, why) -> tell(search, new SearchCommand.NoWorkerFits(why)));
    return this;
  }

  private Behavior<PoolCommand> onGetWorkers(PoolCommand.GetWorkers get) {
    get.replyTo().tell(new SearchCommand.Answer(200, fleet.document(demand, now())));
    return this;
  }

  private long now() {
    return around.nanos().getAsLong();
  }
}
