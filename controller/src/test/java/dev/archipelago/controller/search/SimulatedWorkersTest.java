package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.ConfigFactory;
import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.controller.search.SearchCommand.Action;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.controller.tabular.MadeUpTable;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.tabular.TableException;
import dev.archipelago.controller.view.SearchDocuments;
import dev.archipelago.protocol.trial.SearchId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A table's results through the actor, the journal and the leases, on a simulated clock. */
class SimulatedWorkersTest {
  private static final Table TABLE = MadeUpTable.of(cell -> 10 + cell % 7);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          PersistenceTestKitPlugin.getInstance()
              .config()
              .withFallback(PersistenceTestKitSnapshotPlugin.config())
              .withFallback(ManualTime.config())
              .withFallback(ConfigFactory.parseString("akka.actor.provider = local"))
              .withFallback(ConfigFactory.load()));
  private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(KIT.system());
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static int searches;

  private final AtomicLong clock = new AtomicLong();
  private long machineNanos; // that pass between two looks at the clock
  private final TestProbe<Answer> person = KIT.createTestProbe(Answer.class);
  private final TestProbe<SearchNews> pool = KIT.createTestProbe(SearchNews.class);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static String spec(int workers, String budget) {
    return """
        space: {kind: nasbench201}
        strategy: {kind: evolution, window: 8}
        evaluation: {table: /made-up.csv, workers: %d}
        budget: {%s}
        retrain: {top: 0}
        seed: 5
        """
        .formatted(workers, budget);
  }

  @Test
  void theClockRunsByWhatTheTableSays() {
    Search one = run(spec(1, "trials: 40"), file -> TABLE);
    Search eight = run(spec(8, "trials: 40"), file -> TABLE);
    double seconds = seconds(one);
    assertThat(one.running().toNanos() * 1e-9).isCloseTo(seconds, within(seconds * 1e-6));
    assertThat(eight.running().toNanos() * 1e-9).isBetween(seconds / 8, seconds / 2);
    assertThat(architectures(eight)).isEqualTo(architectures(one));
  }

  @Test
  void aTimeBudgetIsOfSimulatedTime() {
    Search search = run(spec(1, "trials: 1000, time: 1200 s"), file -> TABLE);
    assertThat(search.reason()).isEqualTo("the time budget is spent");
    assertThat(search.trials().size()).isBetween(6, 12);
  }

  @Test
  void aPausedSearchGoesOnWhereItStopped() {
    ActorRef<SearchCommand> entity = begin(spec(2, "trials: 60"), file -> TABLE);
    entity.tell(new SearchCommand.Control(Action.PAUSE, person.getRef()));
    assertThat(person.receiveMessage().json()).contains("PAUSED");
    entity.tell(new SearchCommand.Control(Action.RESUME, person.getRef()));
    person.receiveMessage();
    assertThat(end(entity).trials().stream().filter(trial -> trial.ordinal() >= 0)).hasSize(60);
  }

  @Test
  void leasesDoNotEndByTheMachinesClock() {
    machineNanos = Duration.ofHours(1).toNanos(); // between any two looks at it
    ActorRef<SearchCommand> entity = begin(spec(2, "trials: 60"), file -> TABLE);
    for (int beat = 0; beat < 20; beat++) {
      TIME.timePasses(HEARTBEAT);
    }
    assertThat(end(entity).trials()).allMatch(trial -> trial.attempt() == 1);
  }

  @Test
  void aTableThatIsMissingIsNamedAndLookedForAgain() {
    Table[] found = new Table[1];
    ActorRef<SearchCommand> entity =
        begin(
            spec(1, "trials: 5"),
            file -> {
              if (found[0] == null) {
                throw new TableException("there is no file " + file);
              }
              return found[0];
            });
    entity.tell(new SearchCommand.Ask(new Question.Status(), person.getRef()));
    assertThat(person.receiveMessage().json()).contains("there is no file /made-up.csv");
    found[0] = TABLE;
    TIME.timePasses(HEARTBEAT);
    assertThat(end(entity).status()).isEqualTo(SearchStatus.COMPLETED);
  }

  private Search run(String spec, Function<String, Table> tables) {
    return end(begin(spec, tables));
  }

  private ActorRef<SearchCommand> begin(String spec, Function<String, Table> tables) {
    SearchId id = new SearchId("simulated-" + searches++);
    ActorRef<SearchCommand> entity =
        KIT.spawn(
            SearchEntity.create(
                id,
                new SearchEntity.Surroundings(
                    new SearchFold(new RecordedSpecs()),
                    new SearchDocuments(),
                    new SilentRegistry(),
                    Duration.ofSeconds(30),
                    HEARTBEAT,
                    true,
                    tables,
                    Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                    () -> clock.addAndGet(machineNanos))));
    entity.tell(new SearchCommand.Start(id, id.value(), spec, Simulation.TASK, person.getRef()));
    assertThat(person.receiveMessage().status()).isEqualTo(200);
    entity.tell(new SearchCommand.Wake(pool.getRef()));
    assertThat(pool.expectMessageClass(SearchNews.Offer.class).hasWork())
        .as("no worker of the pool can do it")
        .isFalse();
    return entity;
  }

  private Search end(ActorRef<SearchCommand> entity) {
    String name = "";
    while (true) {
      entity.tell(new SearchCommand.Ask(new Question.Status(), person.getRef()));
      Answer status = person.receiveMessage();
      if (status.json().contains("\"state\":\"COMPLETED\"")) {
        name = status.json().replaceFirst("^\\{\"id\":\"([^\"]+)\".*$", "$1");
        break;
      }
      assertThat(status.json()).doesNotContain("FAILED\"");
    }
    SearchFold fold = new SearchFold(new RecordedSpecs());
    Optional<Search> state = Optional.empty();
    for (Object commit : JOURNAL.persistedInStorage("search|" + name)) {
      state = fold.apply(state, (Commit) commit);
    }
    return state.orElseThrow();
  }

  private static double seconds(Search search) {
    return search.trials().stream()
        .mapToDouble(trial -> trial.measurement().orElseThrow().deviceSeconds())
        .sum();
  }

  private static List<List<Integer>> architectures(Search search) {
    return search.trials().stream().map(trial -> trial.architecture().values()).toList();
  }

  /** Nobody looks for these searches. */
  private static final class SilentRegistry implements SearchRegistry {
    @Override
    public void register(SearchId id, String summary) {}

    @Override
    public void update(Entry entry) {}

    @Override
    public void forget(SearchId id) {}

    @Override
    public List<Entry> all() {
      return List.of();
    }
  }
}
