package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceReading;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.wire.Fixtures;
import dev.archipelago.protocol.wire.ProtocolVersion;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.EngineCrashed;
import dev.archipelago.protocol.wire.ToController.Goodbye;
import dev.archipelago.protocol.wire.ToController.Heartbeat;
import dev.archipelago.protocol.wire.ToController.Hello;
import dev.archipelago.protocol.wire.ToController.Pull;
import dev.archipelago.protocol.wire.ToController.Report;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import dev.archipelago.protocol.wire.ToWorker;
import dev.archipelago.protocol.wire.ToWorker.Acknowledged;
import dev.archipelago.protocol.wire.ToWorker.Assign;
import dev.archipelago.protocol.wire.ToWorker.Busy;
import dev.archipelago.protocol.wire.ToWorker.Cancel;
import dev.archipelago.protocol.wire.ToWorker.Refused;
import dev.archipelago.protocol.wire.ToWorker.SayHello;
import dev.archipelago.protocol.wire.ToWorker.Welcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller is a probe here, time passes when the test says so. */
class AgentTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);
  private static final Attempt FIRST = attempt(1);
  private static final Attempt NEXT = attempt(2);
  private static final WorkerDescription DESCRIPTION =
      new WorkerDescription("here", 1, Device.of("cpu", "", 0), "scripted", Set.of(), 2, 0);

  private static ActorTestKit kit;
  private static ManualTime time;

  @TempDir private Path directory;
  private final ManualThread thread = new ManualThread();
  private final ScriptedRun run = new ScriptedRun();
  private final TestProbe<ToController> controller = kit.createTestProbe("controller");
  private final TestProbe<ToController> other = kit.createTestProbe("other");
  private final TestProbe<String> refusals = kit.createTestProbe("refusals");
  private Spool spool;
  private ActorRef<Agent.Command> agent;
  private volatile Optional<DeviceReading> reading = Optional.empty();

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create(ManualTime.config());
    time = ManualTime.get(kit.system());
  }

  @AfterAll
  static void shutDown() {
    kit.shutdownTestKit();
  }

  @BeforeEach
  void startAgent() throws IOException {
    spool = new Spool(directory);
    agent = spawn(List.of());
  }

  @AfterEach
  void stopAgent() {
    kit.stop(agent);
  }

  @Test
  void saysHelloEverySecondUntilItIsWelcome() {
    controller.expectMessageClass(Hello.class);
    time.timePasses(SECOND);
    Hello second = controller.expectMessageClass(Hello.class);
    assertThat(second.protocolVersion()).isEqualTo(ProtocolVersion.CURRENT);
    assertThat(second.description()).isEqualTo(DESCRIPTION);
    welcome(second);
    time.expectNoMessageFor(SECOND.multipliedBy(4), controller);
  }

  @Test
  void waitsForAControllerThatStartsLater() {
    for (int i = 0; i < 12; i++) {
      (i % 6 < 3 ? controller : other).expectMessageClass(Hello.class);
      time.timePasses(SECOND);
    }
    welcome(controller.expectMessageClass(Hello.class));
  }

  @Test
  void dialsTheNextAddressAfterThreeSecondsOfSilence() {
    for (int i = 0; i < 3; i++) {
      controller.expectMessageClass(Hello.class);
      time.timePasses(SECOND);
    }
    other.expectMessageClass(Hello.class);
    controller.expectNoMessage(Duration.ZERO);
  }

  @Test
  void pullsForOneToTrainAndOneMore() {
    join();
    time.timePasses(HEARTBEAT);
    assertThat(heartbeat().held()).isEmpty();
    assertThat(pull()).isEqualTo(2);
  }

  @Test
  void trainsOneAttemptAtATimeInTheOrderTheyCame() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    worker.tell(new Assign(assignment(NEXT)));
    settle(worker);
    time.timePasses(HEARTBEAT);
    assertThat(heartbeat().held()).containsExactly(FIRST, NEXT);
    assertThat(pull()).isZero();

    thread.runNext();
    assertThat(report().outcome()).isEqualTo(ScriptedRun.outcome(FIRST));
    assertThat(pull()).isEqualTo(1);
    thread.runNext();
    assertThat(report().outcome()).isEqualTo(ScriptedRun.outcome(NEXT));
    assertThat(pull()).isEqualTo(2);
    assertThat(run.ran()).containsExactly(FIRST, NEXT);
  }

  @Test
  void doesNotStartTheNextWhileOneRuns() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    run.meanwhile(
        () -> {
          worker.tell(new Assign(assignment(NEXT)));
          assertThat(settle(worker)).isZero();
          assertThat(thread.isIdle()).isTrue();
        });
    thread.runNext();
  }

  @Test
  void trainsAnAssignmentThatCameTwiceOnce() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    worker.tell(new Assign(assignment(FIRST)));
    assertThat(settle(worker)).isEqualTo(1);
    thread.runNext();
    report();
    pull();
    worker.tell(new Assign(assignment(FIRST)));
    report();
    assertThat(thread.isIdle()).isTrue();
  }

  @Test
  void reportsUntilItIsAcknowledged() throws InterruptedException, IOException {
    ActorRef<ToWorker> worker = join();
    finish(worker, FIRST);
    spool.keep(new Letter.Ended(ScriptedRun.outcome(FIRST)));
    time.timePasses(Duration.ofSeconds(2));
    assertThat(report().outcome()).isEqualTo(ScriptedRun.outcome(FIRST));
    time.timePasses(Duration.ofSeconds(2));
    report();
    worker.tell(new Acknowledged(FIRST));
    settle(worker);
    assertThat(spool.load()).isEmpty();
    time.expectNoMessageFor(Duration.ofSeconds(4), controller);
  }

  @Test
  void holdsItsLeaseUntilTheOutcomeIsAcknowledged() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    finish(worker, FIRST);
    worker.tell(new SayHello());
    Hello again = controller.expectMessageClass(Hello.class);
    assertThat(again.held()).containsExactly(FIRST);
    worker.tell(new Welcome(ProtocolVersion.CURRENT, HEARTBEAT));
    report();
    assertThat(pull()).isEqualTo(2);
  }

  @Test
  void waitsALittleWhenTheSearchIsBusy() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    finish(worker, FIRST);
    worker.tell(new Busy(FIRST));
    settle(worker);
    time.expectNoMessageFor(Duration.ofMillis(199), controller);
    time.timePasses(Duration.ofMillis(1));
    report();
  }

  @Test
  void sendsWhatAnEarlierProcessLeft() {
    kit.stop(agent);
    controller.expectMessageClass(Hello.class);
    controller.expectMessageClass(Goodbye.class);
    Letter ended = new Letter.Ended(ScriptedRun.outcome(FIRST));
    agent = spawn(List.of(ended, new Letter.Crashed(NEXT, "SIGSEGV")));

    Hello hello = controller.expectMessageClass(Hello.class);
    assertThat(hello.held()).containsExactly(FIRST);
    hello.replyTo().tell(new Welcome(ProtocolVersion.CURRENT, HEARTBEAT));
    assertThat(report().outcome()).isEqualTo(ScriptedRun.outcome(FIRST));
    EngineCrashed crashed = controller.expectMessageClass(EngineCrashed.class);
    assertThat(crashed.attempt()).isEqualTo(NEXT);
    assertThat(crashed.evidence()).isEqualTo("SIGSEGV");
    pull();

    hello.replyTo().tell(new Acknowledged(FIRST));
    settle(hello.replyTo());
    time.timePasses(Duration.ofSeconds(2));
    controller.expectMessageClass(EngineCrashed.class);
    hello.replyTo().tell(new Acknowledged(NEXT));
    settle(hello.replyTo());
    time.expectNoMessageFor(Duration.ofSeconds(4), controller);
  }

  @Test
  void stopsATrainingThatIsCancelled() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    run.meanwhile(
        () -> {
          worker.tell(new Cancel(FIRST));
          assertThat(pull()).isEqualTo(1);
        });
    thread.runNext();
    assertThat(pull()).isEqualTo(2);
  }

  @Test
  void dropsAWaitingAttemptThatIsCancelled() {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    worker.tell(new Assign(assignment(NEXT)));
    worker.tell(new Cancel(NEXT));
    assertThat(pull()).isEqualTo(1);
    time.timePasses(HEARTBEAT);
    assertThat(heartbeat().held()).containsExactly(FIRST);
  }

  @Test
  void forgetsAnOutcomeThatNobodyWaitsFor() throws InterruptedException, IOException {
    ActorRef<ToWorker> worker = join();
    spool.keep(new Letter.Ended(ScriptedRun.outcome(FIRST)));
    finish(worker, FIRST);
    worker.tell(new Cancel(FIRST));
    pull();
    assertThat(spool.load()).isEmpty();
    time.expectNoMessageFor(Duration.ofSeconds(4), controller);
  }

  @Test
  void saysHelloAgainWhenAsked() {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    worker.tell(new SayHello());
    Hello again = controller.expectMessageClass(Hello.class);
    assertThat(again.held()).containsExactly(FIRST);
    welcome(again);
  }

  @Test
  void sendsTheLatestProgressWithTheHeartbeat() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    run.meanwhile(
        () -> {
          settle(worker);
          time.timePasses(HEARTBEAT);
          assertThat(heartbeat().progress()).contains(ScriptedRun.progress(FIRST));
          assertThat(pull()).isEqualTo(1);
        });
    thread.runNext();
    report();
    pull();
    worker.tell(new Acknowledged(FIRST));
    settle(worker);
    time.timePasses(HEARTBEAT);
    assertThat(heartbeat().progress()).isEmpty();
  }

  @Test
  void saysWithEveryHeartbeatWhatTheDeviceDoes() {
    ActorRef<ToWorker> worker = join();
    settle(worker);
    time.timePasses(HEARTBEAT);
    assertThat(heartbeat().device()).isEmpty();
    pull();
    reading =
        Optional.of(
            new DeviceReading(
                OptionalDouble.of(0.75), OptionalLong.of(1L << 30), OptionalDouble.empty()));
    time.timePasses(HEARTBEAT);
    assertThat(heartbeat().device()).isEqualTo(reading);
  }

  @Test
  void saysAtOnceWhereItStandsWhenItJoinsAgain() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    run.meanwhile(
        () -> {
          worker.tell(new SayHello());
          controller.expectMessageClass(Hello.class);
          worker.tell(new Welcome(ProtocolVersion.CURRENT, HEARTBEAT));
          assertThat(heartbeat().progress()).contains(ScriptedRun.progress(FIRST));
          assertThat(pull()).isEqualTo(1);
        });
    thread.runNext();
  }

  @Test
  void looksForAnotherControllerWhenItsOwnFallsSilentAndTrainsOn() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    settle(worker);
    for (int beat = 1; beat <= 4; beat++) {
      time.timePasses(HEARTBEAT);
      heartbeat();
      pull();
    }
    for (int i = 0; i < 3; i++) {
      controller.expectMessageClass(Hello.class);
      time.timePasses(SECOND);
    }
    Hello hello = other.expectMessageClass(Hello.class);
    assertThat(hello.held()).containsExactly(FIRST);
    thread.runNext();
    hello.replyTo().tell(new Welcome(ProtocolVersion.CURRENT, HEARTBEAT));
    Report report = other.expectMessageClass(Report.class);
    assertThat(report.outcome()).isEqualTo(ScriptedRun.outcome(FIRST));
    assertThat(other.expectMessageClass(Pull.class).slots()).isEqualTo(2);
    controller.expectNoMessage(Duration.ZERO);
  }

  @Test
  void staysWithAControllerThatHasNothingToSay() {
    join();
    for (int round = 0; round < 3; round++) {
      for (int beat = 1; beat <= 4; beat++) {
        time.timePasses(HEARTBEAT);
        heartbeat();
        pull();
      }
      welcome(controller.expectMessageClass(Hello.class));
    }
    other.expectNoMessage(Duration.ZERO);
  }

  @Test
  void endsWhenItIsRefused() {
    controller
        .expectMessageClass(Hello.class)
        .replyTo()
        .tell(new Refused(7, "this controller speaks version 7"));
    refusals.expectMessage("this controller speaks version 7");
    controller.expectTerminated(agent, SECOND.multipliedBy(5));
  }

  @Test
  void refusesAControllerOfAnotherVersion() {
    controller.expectMessageClass(Hello.class).replyTo().tell(new Welcome(99, HEARTBEAT));
    assertThat(refusals.receiveMessage()).contains("99").contains("" + ProtocolVersion.CURRENT);
    controller.expectTerminated(agent, SECOND.multipliedBy(5));
  }

  @Test
  void saysGoodbyeWhenItIsStopped() throws InterruptedException {
    ActorRef<ToWorker> worker = join();
    worker.tell(new Assign(assignment(FIRST)));
    run.meanwhile(() -> kit.stop(agent));
    thread.runNext();
    controller.expectMessageClass(Goodbye.class);
    controller.expectNoMessage(Duration.ZERO);
  }

  @Test
  void understandsEverythingThatAControllerSays() {
    assertThat(Fixtures.types(Fixtures.toWorker().stream()))
        .containsExactlyInAnyOrder(ToWorker.class.getPermittedSubclasses());
    ActorRef<ToWorker> worker = join();
    for (ToWorker message : Fixtures.toWorker()) {
      if (!(message instanceof Refused)) {
        worker.tell(message);
      }
    }
    worker.tell(new SayHello());
    controller.fishForMessage(
        SECOND.multipliedBy(5),
        message ->
            message instanceof Hello
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());
  }

  private ActorRef<Agent.Command> spawn(List<Letter> letters) {
    Map<String, ActorRef<ToController>> gateways =
        Map.of("one:1", controller.ref(), "two:2", other.ref());
    return kit.spawn(
        Agent.create(
            new Agent.Equipment(
                Fixtures.WORKER,
                DESCRIPTION,
                List.of("one:1", "two:2"),
                gateways::get,
                1,
                run,
                thread,
                () -> reading,
                spool,
                letters,
                refusals.ref()::tell)));
  }

  private ActorRef<ToWorker> join() {
    return welcome(controller.expectMessageClass(Hello.class));
  }

  private ActorRef<ToWorker> welcome(Hello hello) {
    hello.replyTo().tell(new Welcome(ProtocolVersion.CURRENT, HEARTBEAT));
    pull();
    return hello.replyTo();
  }

  /** Returns when the agent has handled all that the worker was told before, and its free slots. */
  private int settle(ActorRef<ToWorker> worker) {
    worker.tell(new Cancel(attempt(999)));
    return pull();
  }

  private void finish(ActorRef<ToWorker> worker, Attempt attempt) throws InterruptedException {
    worker.tell(new Assign(assignment(attempt)));
    thread.runNext();
    report();
    pull();
  }

  private Heartbeat heartbeat() {
    return controller.expectMessageClass(Heartbeat.class);
  }

  private Report report() {
    return controller.expectMessageClass(Report.class);
  }

  private int pull() {
    return controller.expectMessageClass(Pull.class).slots();
  }

  private static Attempt attempt(int trial) {
    return new Attempt(new TrialId(Fixtures.SEARCH, trial), 1);
  }

  private static Assignment assignment(Attempt attempt) {
    Assignment any = Fixtures.assignment();
    return new Assignment(
        attempt.trial(),
        attempt.number(),
        any.stage(),
        any.plan(),
        any.dataset(),
        any.split(),
        any.evaluation(),
        any.training(),
        any.profiling(),
        any.seed());
  }
}
