package dev.archipelago.controller.pool;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.ActorRef;
import dev.archipelago.controller.pool.PoolUnderTest.Sent;
import dev.archipelago.controller.search.SearchCommand;
import dev.archipelago.controller.search.SearchNews;
import dev.archipelago.controller.search.SearchRegistry;
import dev.archipelago.controller.search.SearchStatus;
import dev.archipelago.controller.spec.Placement;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ProtocolVersion;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import dev.archipelago.protocol.wire.ToWorker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WorkPoolTest {
  private static final ActorTestKit KIT = PoolUnderTest.kit();
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final SearchId SEARCH = new SearchId("20261124-a");
  private static final WorkerId WORKER = new WorkerId("one", "first");

  /** With one running search. */
  private final PoolUnderTest pool =
      new PoolUnderTest(KIT, List.of(new SearchRegistry.Entry(SEARCH, SearchStatus.RUNNING, "{}")));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void wakesTheRunningSearchesOfTheTable() {
    TIME.timePasses(Duration.ofMillis(1));
    assertThat(sent(SearchCommand.Wake.class).search()).isEqualTo(SEARCH);
  }

  @Test
  void refusesAnotherProtocolVersionAndNamesBoth() {
    hello(WORKER, ProtocolVersion.CURRENT + 1);
    ToWorker.Refused refused = pool.worker().expectMessageClass(ToWorker.Refused.class);
    assertThat(refused.reason()).contains("version 2").contains("this controller 1");
  }

  @Test
  void bringsAPullAndAnOfferTogether() {
    ActorRef<SearchNews> news = offered();
    join(WORKER);
    pull(1);
    Sent request = sent(SearchCommand.RequestLease.class);
    assertThat(((SearchCommand.RequestLease) request.command()).worker()).isEqualTo(WORKER);
    news.tell(new SearchNews.Granted(WORKER, assignment()));
    assertThat(pool.worker().expectMessageClass(ToWorker.Assign.class).assignment())
        .isEqualTo(assignment());
  }

  @Test
  void saysWhyAWorkerIsIdleAndAsksAgainWhenTheSearchOffersAgain() {
    ActorRef<SearchNews> news = offered();
    join(WORKER);
    pull(1);
    sent(SearchCommand.RequestLease.class);
    news.tell(new SearchNews.NoWork(SEARCH, WORKER, "waits for trial 3"));
    assertThat(pool.workers()).contains("\"state\":\"idle\"").contains("waits for trial 3");
    news.tell(new SearchNews.Offer(SEARCH, true, 0, false, Placement.ANY));
    sent(SearchCommand.RequestLease.class);
  }

  @Test
  void asksAWorkerItDoesNotKnowToSayHello() {
    pool.tell(
        new PoolCommand.FromWorker(
            new ToController.Heartbeat(
                WORKER, List.of(), Optional.empty(), Optional.empty(), pool.worker().getRef())));
    pool.worker().expectMessageClass(ToWorker.SayHello.class);
  }

  @Test
  void tellsSearchesOfAProcessThatEndedOrWasStartedAnew() {
    offered();
    join(WORKER);
    join(new WorkerId("one", "second"));
    assertThat(((SearchCommand.WorkerGone) sent(SearchCommand.WorkerGone.class).command()).worker())
        .isEqualTo(WORKER);
    pool.tell(new PoolCommand.WorkerExited("one"));
    assertThat(((SearchCommand.WorkerGone) sent(SearchCommand.WorkerGone.class).command()).worker())
        .isEqualTo(new WorkerId("one", "second"));
  }

  @Test
  void aGrantForAWorkerThatIsGoneIsGivenBack() {
    ActorRef<SearchNews> news = offered();
    join(WORKER);
    pull(1);
    sent(SearchCommand.RequestLease.class);
    pool.tell(new PoolCommand.WorkerExited("one"));
    sent(SearchCommand.WorkerGone.class);
    news.tell(new SearchNews.Granted(WORKER, assignment()));
    sent(SearchCommand.WorkerGone.class);
  }

  @Test
  void handsHeartbeatsOnAsRenewalsAndCancelsToTheWorker() {
    ActorRef<SearchNews> news = offered();
    join(WORKER);
    Attempt held = new Attempt(new TrialId(SEARCH, 4), 2);
    pool.tell(
        new PoolCommand.FromWorker(
            new ToController.Heartbeat(
                WORKER,
                List.of(held),
                Optional.empty(),
                Optional.empty(),
                pool.worker().getRef())));
    while (true) { // the Hello renewed, too, with nothing
      SearchCommand.RenewLeases renew =
          (SearchCommand.RenewLeases) sent(SearchCommand.RenewLeases.class).command();
      if (!renew.held().isEmpty()) {
        assertThat(renew.held()).containsExactly(held);
        break;
      }
    }
    news.tell(new SearchNews.CancelAttempt(WORKER, held));
    assertThat(pool.worker().expectMessageClass(ToWorker.Cancel.class).attempt()).isEqualTo(held);
  }

  @Test
  void aSilentWorkerIsShownAsLost() {
    join(WORKER);
    pool.passes(Duration.ofSeconds(4));
    assertThat(pool.workers()).contains("\"state\":\"lost\"");
  }

  private ActorRef<SearchNews> offered() {
    return pool.offer(SEARCH, Placement.ANY);
  }

  private Sent sent(Class<? extends SearchCommand> type) {
    return pool.sent(type);
  }

  private void hello(WorkerId id, int version) {
    pool.hello(
        id,
        version,
        new WorkerDescription("host", 1, Device.of("cpu", "", 0), "torch", Set.of(), 1, 0));
  }

  private void join(WorkerId id) {
    hello(id, ProtocolVersion.CURRENT);
    pool.worker().expectMessageClass(ToWorker.Welcome.class);
  }

  private void pull(int slots) {
    pool.tell(new PoolCommand.FromWorker(new ToController.Pull(WORKER, slots)));
  }

  private static Assignment assignment() {
    ChainSpace space = new ChainSpace(1, List.of(3), List.of(1), List.of(4), false);
    Task task = new Task(new Shape(1, 8, 8), 2);
    return new Assignment(
        new TrialId(SEARCH, 0),
        1,
        Stage.SEARCH,
        space.decode(space.sample(new SplitMix64(1)), task),
        new DatasetRef("fashion-mnist-mini", "", task, 0),
        new Split(1, 0.2),
        new Evaluation.Train(1),
        new Training(1, 8, 0.1, 0.9, 0, 0, Training.Augmentation.NONE, 1),
        new Profiling(8, 1, 1),
        7);
  }
}
