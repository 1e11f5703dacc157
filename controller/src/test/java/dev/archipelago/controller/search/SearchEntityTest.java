package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.ConfigFactory;
import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.controller.spec.Placement;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.view.SearchDocuments;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToWorker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchEntityTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final WorkerId WORKER = new WorkerId("w1", "a");
  private static final WorkerId OTHER = new WorkerId("w2", "b");

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

  private final AtomicLong nanos = new AtomicLong();
  private volatile Duration busy = Duration.ZERO;
  private final RecordingRegistry registry = new RecordingRegistry();
  private final TestProbe<SearchNews> pool = KIT.createTestProbe(SearchNews.class);
  private final TestProbe<Answer> person = KIT.createTestProbe(Answer.class);
  private final TestProbe<ToWorker> worker = KIT.createTestProbe(ToWorker.class);
  private final SearchId id = new SearchId("search-" + searches++);
  private final String key = "search|" + id;

  private ActorRef<SearchCommand> entity = spawn(false);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void startTheSearch() {
    JOURNAL.resetPolicy();
    entity.tell(
        new SearchCommand.Start(id, "test", Specs.random(20), Simulation.TASK, person.getRef()));
    assertThat(person.receiveMessage().status()).isEqualTo(200);
    wake();
  }

  @Test
  void aLeaseIsInTheJournalBeforeTheWorkerHearsOfIt() {
    Assignment assignment = lease(WORKER);
    assertThat(assignment.attempt()).isEqualTo(1);
    assertThat(replayed().trial(0).lease()).contains(new Lease(1, WORKER));
  }

  @Test
  void reportsThatArriveWhileACommitIsWrittenGoDownTogether() {
    for (int i = 0; i < 4; i++) {
      lease(WORKER);
    }
    int before = commits().size();
    for (int number = 0; number < 4; number++) {
      report(train(number));
    }
    for (int i = 0; i < 4; i++) {
      worker.expectMessageClass(ToWorker.Acknowledged.class);
    }
    assertThat(commits().size() - before).isBetween(1, 4);
    assertThat(commits().stream().skip(before).mapToInt(commit -> commit.facts().size()).sum())
        .isEqualTo(4);
  }

  @Test
  void aReportToldTwiceIsAcknowledgedTwiceAndCountedOnce() {
    lease(WORKER);
    report(train(0));
    worker.expectMessageClass(ToWorker.Acknowledged.class);
    int before = commits().size();
    report(train(0));
    worker.expectMessageClass(ToWorker.Acknowledged.class);
    assertThat(commits()).hasSize(before);
  }

  @Test
  void aLeaseThatNobodyRenewsRunsOutAndTheTrialIsLeasedAgain() {
    lease(WORKER);
    pass(LEASE.minusSeconds(1));
    assertThat(replayed().trial(0).state()).isEqualTo(TrialState.RUNNING);
    pass(Duration.ofSeconds(2));
    Assignment again = lease(OTHER);
    assertThat(again.trial().number()).isZero();
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.seed()).isEqualTo(assignment(0).seed());
  }

  @Test
  void theTimeOfDecidingCounts() {
    busy = Duration.ofSeconds(2);
    for (int i = 0; i < 4; i++) {
      lease(WORKER);
    }
    assertThat(replayed().running()).isEqualTo(Duration.ofSeconds(6)); // the last is still to come
  }

  @Test
  void heartbeatsRenewALease() {
    lease(WORKER);
    for (int i = 0; i < 4; i++) {
      pass(Duration.ofSeconds(20));
      renew(WORKER, new Attempt(trialId(0), 1));
    }
    assertThat(replayed().trial(0).state()).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void aLeaseThatItsWorkerDoesNotHoldIsLostAfterAGrace() {
    lease(WORKER);
    renew(WORKER); // its assignment may still be on its way
    assertThat(replayed().trial(0).state()).isEqualTo(TrialState.RUNNING);
    pass(Duration.ofSeconds(5));
    renew(WORKER);
    assertThat(lease(OTHER).attempt()).isEqualTo(2);
  }

  @Test
  void theEndOfAWorkerProcessFreesItsTrialsAtOnce() {
    lease(WORKER);
    entity.tell(new SearchCommand.WorkerGone(WORKER));
    assertThat(lease(OTHER).attempt()).isEqualTo(2);
  }

  @Test
  void aWorkerThatHoldsWhatNobodyWaitsForIsToldToStop() {
    lease(WORKER);
    entity.tell(new SearchCommand.WorkerGone(WORKER));
    lease(OTHER);
    entity.tell(new SearchCommand.Reported(WORKER, train(0), worker.getRef()));
    SearchNews.CancelAttempt cancel = fishFor(SearchNews.CancelAttempt.class);
    assertThat(cancel.worker()).isEqualTo(OTHER);
    assertThat(cancel.attempt()).isEqualTo(new Attempt(trialId(0), 2));

    renew(OTHER, new Attempt(trialId(0), 2));
    assertThat(fishFor(SearchNews.CancelAttempt.class).worker()).isEqualTo(OTHER);
  }

  @Test
  void whileTheJournalCannotBeWrittenNothingIsToldAndNothingIsLost() {
    lease(WORKER);
    JOURNAL.failNextPersisted(key);
    report(train(0));
    worker.expectNoMessage(Duration.ofMillis(50));
    person.expectNoMessage(Duration.ofMillis(10));
    Answer status = fishForTrouble();
    assertThat(status.json()).contains("the journal cannot be used");

    TIME.timePasses(Duration.ofSeconds(2)); // it opens the journal again
    worker.expectMessageClass(ToWorker.Acknowledged.class);
    assertThat(replayed().trial(0).state()).isEqualTo(TrialState.COMPLETED);
    assertThat(replayed().trials()).hasSize(1);
    assertThat(ask(new Question.Status()).json()).doesNotContain("cannot be used");
  }

  @Test
  void aControllerWhoseWorkersWereItsChildrenLeasesTheirTrialsAgain() {
    lease(WORKER);
    lease(WORKER);
    KIT.stop(entity);
    entity = spawn(true);
    wake();
    assertThat(lease(OTHER).attempt()).isEqualTo(2);
    assertThat(replayed().trial(0).losses()).isZero();
  }

  @Test
  void aControllerWithWorkersOfTheirOwnGivesEveryLeaseItsFullTimeAgain() {
    lease(WORKER);
    pass(Duration.ofSeconds(29));
    KIT.stop(entity);
    entity = spawn(false);
    wake();
    pass(Duration.ofSeconds(29));
    assertThat(replayed().trial(0).state()).isEqualTo(TrialState.RUNNING);
    report(train(0));
    worker.expectMessageClass(ToWorker.Acknowledged.class);
    assertThat(replayed().trial(0).state()).isEqualTo(TrialState.COMPLETED);
  }

  @Test
  void provenCrashesAreCountedAndPoisonEnds() {
    lease(WORKER);
    crash(1);
    lease(WORKER);
    crash(2);
    Trial trial = replayed().trial(0);
    assertThat(trial.state()).isEqualTo(TrialState.FAILED);
    assertThat(trial.failure().orElseThrow().category()).isEqualTo(Category.ENGINE_CRASH);
    assertThat(lease(WORKER).trial().number()).isEqualTo(1);
  }

  @Test
  void pauseResumeAndCancelSayWhatTheyDid() {
    assertThat(control(SearchCommand.Action.PAUSE).json()).contains("\"state\":\"PAUSED\"");
    assertThat(noWork(WORKER)).isEqualTo("is paused");
    assertThat(control(SearchCommand.Action.PAUSE).status()).isEqualTo(200); // it is already
    assertThat(control(SearchCommand.Action.RESUME).json()).contains("\"state\":\"RUNNING\"");
    lease(WORKER);
    assertThat(control(SearchCommand.Action.CANCEL).json()).contains("\"state\":\"CANCELLED\"");
    assertThat(fishFor(SearchNews.CancelAttempt.class).attempt().trial()).isEqualTo(trialId(0));
    Answer refused = control(SearchCommand.Action.RESUME);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json()).contains("is cancelled: it cannot be resumed");
  }

  @Test
  void showsThatNoWorkerFitsAsLongAsItIsSo() {
    String why = "no worker fits: it wants cuda; there is 1 x cpu";
    entity.tell(new SearchCommand.NoWorkerFits(why));
    assertThat(status()).contains("\"reason\":\"" + why + "\"");
    entity.tell(new SearchCommand.NoWorkerFits(""));
    assertThat(status()).doesNotContain("reason");
    entity.tell(new SearchCommand.NoWorkerFits(why));
    control(SearchCommand.Action.PAUSE); // it wants no worker now
    assertThat(status()).doesNotContain("reason");
  }

  private String status() {
    entity.tell(new SearchCommand.Ask(new Question.Status(), person.getRef()));
    return person.receiveMessage().json();
  }

  @Test
  void aSearchThatNeverStartedIsForgotten() {
    SearchId never = new SearchId("never-started");
    ActorRef<SearchCommand> other = KIT.spawn(SearchEntity.create(never, surroundings(false)));
    other.tell(new SearchCommand.Wake(pool.getRef()));
    SearchNews.Offer offer = fishFor(SearchNews.Offer.class);
    assertThat(offer).isEqualTo(new SearchNews.Offer(never, false, 0, true, Placement.ANY));
    assertThat(registry.forgotten).contains(never);
    other.tell(new SearchCommand.Ask(new Question.Status(), person.getRef()));
    assertThat(person.receiveMessage().status()).isEqualTo(404);
  }

  @Test
  void aWholeSearchEndsAndTheTableOfSearchesKnows() {
    for (int number = 0; true; number++) {
      entity.tell(new SearchCommand.RequestLease(WORKER, Set.of(), pool.getRef()));
      SearchNews news = fishForAny();
      if (news instanceof SearchNews.NoWork) {
        break;
      }
      report(train(number));
      worker.expectMessageClass(ToWorker.Acknowledged.class);
    }
    Search end = replayed();
    assertThat(end.status()).isEqualTo(SearchStatus.COMPLETED);
    assertThat(registry.latest.orElseThrow().status()).isEqualTo(SearchStatus.COMPLETED);
    assertThat(commits())
        .flatMap(Commit::facts)
        .filteredOn(fact -> fact instanceof Fact.TestRead)
        .hasSize(1);
  }

  // What the test says

  private ActorRef<SearchCommand> spawn(boolean leasesDie) {
    return KIT.spawn(SearchEntity.create(id, surroundings(leasesDie)));
  }

  private SearchEntity.Surroundings surroundings(boolean leasesDie) {
    return new SearchEntity.Surroundings(
        new SearchFold(new RecordedSpecs()),
        new SearchDocuments(),
        registry,
        LEASE,
        HEARTBEAT,
        leasesDie,
        file -> Table.read(Path.of(file)),
        new BusyClock(),
        nanos::get);
  }

  /** Whoever reads the wall clock, as the writer of a commit does, has been busy before. */
  private final class BusyClock extends Clock {
    @Override
    public Instant instant() {
      nanos.addAndGet(busy.toNanos());
      return Instant.EPOCH;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private void wake() {
    entity.tell(new SearchCommand.Wake(pool.getRef()));
    fishFor(SearchNews.Offer.class);
  }

  private void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
    TIME.timePasses(HEARTBEAT);
    ask(new Question.Status()); // the tick is behind us
  }

  private Assignment lease(WorkerId to) {
    entity.tell(new SearchCommand.RequestLease(to, Set.of(), pool.getRef()));
    SearchNews.Granted granted = fishFor(SearchNews.Granted.class);
    assertThat(granted.worker()).isEqualTo(to);
    return granted.assignment();
  }

  private String noWork(WorkerId to) {
    entity.tell(new SearchCommand.RequestLease(to, Set.of(), pool.getRef()));
    return fishFor(SearchNews.NoWork.class).why();
  }

  private void renew(WorkerId of, Attempt... held) {
    entity.tell(new SearchCommand.RenewLeases(of, List.of(held), pool.getRef()));
    ask(new Question.Status());
  }

  private void report(Outcome outcome) {
    entity.tell(new SearchCommand.Reported(WORKER, outcome, worker.getRef()));
  }

  private void crash(int attempt) {
    entity.tell(
        new SearchCommand.Crashed(
            WORKER, new Attempt(trialId(0), attempt), "SIGSEGV", worker.getRef()));
    worker.expectMessageClass(ToWorker.Acknowledged.class);
  }

  private Answer control(SearchCommand.Action action) {
    entity.tell(new SearchCommand.Control(action, person.getRef()));
    return person.receiveMessage();
  }

  private Answer ask(Question question) {
    entity.tell(new SearchCommand.Ask(question, person.getRef()));
    return person.receiveMessage();
  }

  private Answer fishForTrouble() {
    Answer status = ask(new Question.Status());
    while (!status.json().contains("cannot be used")) {
      status = ask(new Question.Status()); // the failure is on its way to the entity
    }
    return status;
  }

  private <T extends SearchNews> T fishFor(Class<T> type) {
    while (true) {
      SearchNews news = pool.receiveMessage();
      if (type.isInstance(news)) {
        return type.cast(news);
      }
    }
  }

  private SearchNews fishForAny() {
    while (true) {
      SearchNews news = pool.receiveMessage();
      if (news instanceof SearchNews.NoWork || news instanceof SearchNews.Granted) {
        return news;
      }
    }
  }

  private Outcome train(int number) {
    Search search = replayed();
    Trial trial = search.trial(number);
    Outcome outcome = Simulation.train(search, trial);
    return outcome instanceof Outcome.Failed failed
        ? new Outcome.Failed(
            failed.trial(),
            failed.attempt(),
            new TrialFailure(Category.DIVERGED, false, "loss is NaN"))
        : outcome;
  }

  private Assignment assignment(int number) {
    return Assignments.of(replayed(), replayed().trial(number));
  }

  private dev.archipelago.protocol.trial.TrialId trialId(int number) {
    return new dev.archipelago.protocol.trial.TrialId(id, number);
  }

  private List<Commit> commits() {
    return JOURNAL.persistedInStorage(key).stream().map(Commit.class::cast).toList();
  }

  /** What the journal folds to, by itself. */
  private Search replayed() {
    SearchFold fold = new SearchFold(new RecordedSpecs());
    Optional<Search> state = Optional.empty();
    for (Commit commit : commits()) {
      state = fold.apply(state, commit);
    }
    return state.orElseThrow();
  }

  /** A table of searches in memory. */
  private static final class RecordingRegistry implements SearchRegistry {
    private volatile Optional<Entry> latest = Optional.empty();
    private final List<SearchId> forgotten = new java.util.concurrent.CopyOnWriteArrayList<>();

    @Override
    public void register(SearchId id, String summary) {
      update(new Entry(id, SearchStatus.RUNNING, summary));
    }

    @Override
    public void update(Entry entry) {
      latest = Optional.of(entry);
    }

    @Override
    public void forget(SearchId id) {
      forgotten.add(id);
    }

    @Override
    public List<Entry> all() {
      return latest.stream().toList();
    }
  }
}
