package dev.archipelago.controller.pool;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import dev.archipelago.controller.search.SearchCommand;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.controller.search.SearchNews;
import dev.archipelago.controller.search.SearchRegistry;
import dev.archipelago.controller.spec.Placement;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import dev.archipelago.protocol.wire.ToWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A pool on a manual clock, and probes in the place of searches and workers. */
final class PoolUnderTest {
  static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final ActorTestKit kit;
  private final AtomicLong nanos = new AtomicLong();
  private final TestProbe<Sent> searches;
  private final TestProbe<ToWorker> worker;
  private final ActorRef<PoolCommand> pool;

  /** What the pool sent to a search. */
  record Sent(SearchId search, SearchCommand command) {}

  /**
   * @param table the searches that the pool finds there
   */
  PoolUnderTest(ActorTestKit kit, List<SearchRegistry.Entry> table) {
    this.kit = kit;
    this.searches = kit.createTestProbe(Sent.class);
    this.worker = kit.createTestProbe(ToWorker.class);
    this.pool =
        kit.spawn(
            WorkPool.create(
                new WorkPool.Surroundings(
                    (id, command) -> searches.getRef().tell(new Sent(id, command)),
                    new Table(table),
                    HEARTBEAT,
                    Runnable::run,
                    nanos::get)));
  }

  static ActorTestKit kit() {
    return ActorTestKit.create(
        ManualTime.config()
            .withFallback(ConfigFactory.parseString("akka.actor.provider = local"))
            .withFallback(ConfigFactory.load()));
  }

  void tell(PoolCommand command) {
    pool.tell(command);
  }

  /** Moves the clock that the pool reads, and no timer. */
  void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** All workers speak through one probe. */
  TestProbe<ToWorker> worker() {
    return worker;
  }

  void hello(WorkerId id, int version, WorkerDescription description) {
    tell(
        new PoolCommand.FromWorker(
            new ToController.Hello(id, version, description, List.of(), worker.getRef())));
  }

  /** The search is woken and offers work; gives the address at which the pool hears its news. */
  ActorRef<SearchNews> offer(SearchId search, Placement placement) {
    tell(new PoolCommand.Discover(search));
    SearchCommand.Wake wake = (SearchCommand.Wake) sent(SearchCommand.Wake.class).command();
    wake.pool().tell(new SearchNews.Offer(search, true, 0, false, placement));
    return wake.pool();
  }

  /** The next of its kind; what comes before it is dropped. */
  Sent sent(Class<? extends SearchCommand> type) {
    while (true) {
      Sent next = searches.receiveMessage();
      if (type.isInstance(next.command())) {
        return next;
      }
    }
  }

  /** The JSON document. */
  String workers() {
    TestProbe<Answer> person = kit.createTestProbe(Answer.class);
    tell(new PoolCommand.GetWorkers(person.getRef()));
    return person.receiveMessage().json();
  }

  private record Table(List<Entry> all) implements SearchRegistry {
    @Override
    public void register(SearchId id, String summary) {
      throw new AssertionError("the pool registers nothing");
    }

    @Override
    public void update(Entry entry) {
      throw new AssertionError("the pool updates nothing");
    }

    @Override
    public void forget(SearchId id) {
      throw new AssertionError("the pool forgets nothing");
    }
  }
}
