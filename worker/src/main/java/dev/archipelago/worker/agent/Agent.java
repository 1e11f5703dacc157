package dev.archipelago.worker.agent;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.archipelago.protocol.device.DeviceReading;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ProtocolVersion;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import dev.archipelago.protocol.wire.ToWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A worker's manager: talks to a controller and keeps the training thread busy. It never trains,
 * and watches nobody: silence is what tells it that a controller is gone, and training goes on
 * then.
 *
 * <pre>
 *   dialling --Welcome--> joined --(4 heartbeats of silence, or SayHello)--> dialling
 *       \--Refused--> stopped
 * </pre>
 *
 * <p>A healthy controller with nothing to say is silent too; then dialling is one Hello, answered
 * at once.
 */
final class Agent extends AbstractBehavior<Agent.Command> {
  private static final Duration HELLO_INTERVAL = Duration.ofSeconds(1);
  private static final Duration RESEND_INTERVAL = Duration.ofSeconds(2);
  private static final Duration BUSY_PAUSE = Duration.ofMillis(200);

  /** Heartbeats without a word from the controller before it is dialled again. */
  private static final int SILENT_BEATS = 4;

  /** All messages are the agent's own, or come from a controller through an adapter. */
  sealed interface Command {}

  private record FromController(ToWorker message) implements Command {}

  private enum Tick implements Command {
    DIAL,
    BEAT
  }

  private record SendAgain(Attempt attempt) implements Command {}

  private record Advanced(Progress progress) implements Command {}

  private record Ended(Attempt attempt, Optional<Outcome> outcome) implements Command {}

  /**
   * What an agent works with.
   *
   * @param gateways the gateway behind an address, whether or not it is there
   * @param prefetch attempts to hold beside the one in training
   * @param run runs attempts, on the training thread
   * @param trainingThread runs one task at a time
   * @param device what the device did lately; asked at every heartbeat, so it must be quick
   * @param spool has the outcomes that {@code run} gives
   * @param letters what earlier processes left in the spool
   * @param refused told why, when a controller refuses the worker; the agent stops then
   */
  record Equipment(
      WorkerId worker,
      WorkerDescription description,
      List<String> addresses,
      Function<String, ActorRef<ToController>> gateways,
      int prefetch,
      TrialRun run,
      Executor trainingThread,
      Supplier<Optional<DeviceReading>> device,
      Spool spool,
      List<Letter> letters,
      Consumer<String> refused) {}

  static Behavior<Command> create(Equipment equipment) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Agent(context, timers, equipment)));
  }

  private final TimerScheduler<Command> timers;
  private final Equipment equipment;
  private final ActorRef<ToWorker> self;
  private final Dialler dialler;
  private final Workload workload;
  private final Map<Attempt, Letter> unacknowledged = new LinkedHashMap<>();

  private ActorRef<ToController> gateway;
  private boolean joined;
  private int silentBeats;
  private Optional<Progress> latest = Optional.empty();
  private String said = "";

  private Agent(
      ActorContext<Command> context, TimerScheduler<Command> timers, Equipment equipment) {
    super(context);
    context.setLoggerName(Agent.class);
    this.timers = timers;
    this.equipment = equipment;
    this.self = context.messageAdapter(ToWorker.class, FromController::new);
    this.dialler = new Dialler(equipment.addresses());
    this.workload = new Workload(equipment.prefetch());
    equipment.letters().forEach(letter -> unacknowledged.put(letter.attempt(), letter));
    this.gateway = equipment.gateways().apply(dialler.address());
    dial();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromController.class, this::onFromController)
        .onMessageEquals(Tick.DIAL, this::onDial)
        .onMessageEquals(Tick.BEAT, this::onBeat)
        .onMessage(SendAgain.class, this::onSendAgain)
        .onMessage(Advanced.class, this::onAdvanced)
        .onMessage(Ended.class, this::onEnded)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onFromController(FromController wrapped) {
    silentBeats = 0;
    dialler.answered();
    ToWorker message = wrapped.message();
    if (message instanceof ToWorker.Welcome welcome) {
      return onWelcome(welcome);
    } else if (message instanceof ToWorker.Refused refused) {
      return onRefused(refused.reason());
    } else if (message instanceof ToWorker.SayHello) {
      return onSayHello();
    } else if (message instanceof ToWorker.Assign assign) {
      return onAssign(assign);
    } else if (message instanceof ToWorker.Cancel cancel) {
      return onCancel(cancel);
    } else if (message instanceof ToWorker.Acknowledged acknowledged) {
      return onAcknowledged(acknowledged);
    } else if (message instanceof ToWorker.Busy busy) {
      return onBusy(busy);
    }
    throw new AssertionError("no handler for " + message);
  }

  private Behavior<Command> onWelcome(ToWorker.Welcome welcome) {
    if (welcome.protocolVersion() != ProtocolVersion.CURRENT) {
      return onRefused(
          "the controller speaks protocol version %d, this worker %d"
              .formatted(welcome.protocolVersion(), ProtocolVersion.CURRENT));
    }
    if (joined) {
      return this; // the answer to a second Hello
    }
    joined = true;
    say("joined the controller at " + dialler.address());
    timers.cancel(Tick.DIAL);
    timers.startTimerWithFixedDelay(Tick.BEAT, Tick.BEAT, welcome.heartbeat());
    unacknowledged.keySet().forEach(this::send);
    if (latest.isPresent()) {
      beat(); // a controller that forgot the worker does not wait to know where it stands
    }
    pull();
    return this;
  }

  private Behavior<Command> onRefused(String reason) {
    getContext().getLog().error("refused by the controller at {}: {}", dialler.address(), reason);
    equipment.refused().accept(reason);
    return Behaviors.stopped();
  }

  private Behavior<Command> onSayHello() {
    if (joined) {
      dial();
    }
    return this;
  }

  private Behavior<Command> onAssign(ToWorker.Assign assign) {
    Attempt attempt = new Attempt(assign.assignment().trial(), assign.assignment().attempt());
    if (unacknowledged.containsKey(attempt)) {
      send(attempt);
    } else {
      workload.add(assign.assignment());
      startNext();
    }
    return this;
  }

  private Behavior<Command> onCancel(ToWorker.Cancel cancel) {
    workload.cancel(cancel.attempt());
    forget(cancel.attempt());
    pull();
    return this;
  }

  private Behavior<Command> onAcknowledged(ToWorker.Acknowledged acknowledged) {
    forget(acknowledged.attempt());
    return this;
  }

  private Behavior<Command> onBusy(ToWorker.Busy busy) {
    if (unacknowledged.containsKey(busy.attempt())) {
      timers.startSingleTimer(busy.attempt(), new SendAgain(busy.attempt()), BUSY_PAUSE);
    }
    return this;
  }

  private Behavior<Command> onDial() {
    if (dialler.missed()) {
      say(
          "no controller answers at %s yet: will join when one does"
              .formatted(String.join(", ", equipment.addresses())));
      gateway = equipment.gateways().apply(dialler.address());
    }
    gateway.tell(hello());
    return this;
  }

  private Behavior<Command> onBeat() {
    beat();
    pull();
    silentBeats++;
    if (silentBeats >= SILENT_BEATS) {
      dial();
    }
    return this;
  }

  private Behavior<Command> onSendAgain(SendAgain again) {
    send(again.attempt());
    return this;
  }

  private Behavior<Command> onAdvanced(Advanced advanced) {
    latest = Optional.of(advanced.progress());
    return this;
  }

  private Behavior<Command> onEnded(Ended ended) {
    boolean stopped = workload.end();
    latest = Optional.empty();
    if (stopped || ended.outcome().isEmpty()) {
      equipment.spool().forget(ended.attempt());
    } else {
      unacknowledged.put(ended.attempt(), new Letter.Ended(ended.outcome().get()));
      send(ended.attempt());
    }
    startNext();
    pull();
    return this;
  }

  private Behavior<Command> onPostStop(PostStop signal) {
    workload.cancelAll();
    gateway.tell(new ToController.Goodbye(equipment.worker(), "the worker was stopped"));
    return this;
  }

  private void dial() {
    joined = false;
    timers.cancel(Tick.BEAT);
    timers.startTimerWithFixedDelay(Tick.DIAL, Tick.DIAL, HELLO_INTERVAL);
    gateway.tell(hello());
  }

  private ToController hello() {
    return new ToController.Hello(
        equipment.worker(), ProtocolVersion.CURRENT, equipment.description(), held(), self);
  }

  /** What leases are wanted for: in training, waiting for it, or ended and not acknowledged. */
  private List<Attempt> held() {
    List<Attempt> held = new ArrayList<>(workload.held());
    unacknowledged.values().stream()
        .filter(Letter.Ended.class::isInstance)
        .map(Letter::attempt)
        .forEach(held::add);
    return held;
  }

  private void beat() {
    gateway.tell(
        new ToController.Heartbeat(
            equipment.worker(), held(), latest, equipment.device().get(), self));
  }

  private void pull() {
    if (joined) {
      gateway.tell(new ToController.Pull(equipment.worker(), workload.slots()));
    }
  }

  /** Sends the letter about an attempt, now and until it is acknowledged. */
  private void send(Attempt attempt) {
    Letter letter = unacknowledged.get(attempt);
    if (letter != null && joined) {
      gateway.tell(letter.from(equipment.worker(), self));
      timers.startSingleTimer(attempt, new SendAgain(attempt), RESEND_INTERVAL);
    }
  }

  private void forget(Attempt attempt) {
    if (unacknowledged.remove(attempt) != null) {
      timers.cancel(attempt);
      equipment.spool().forget(attempt);
    }
  }

  private void startNext() {
    workload.start().ifPresent(this::train);
  }

  private void train(Workload.Running running) {
    Attempt attempt = running.attempt();
    getContext().getLog().info("begins trial {}, attempt {}", attempt.trial(), attempt.number());
    ActorRef<Command> me = getContext().getSelf();
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () ->
                    equipment
                        .run()
                        .run(
                            running.assignment(),
                            progress -> me.tell(new Advanced(progress)),
                            running),
                equipment.trainingThread()),
            (outcome, error) ->
                new Ended(
                    running.attempt(),
                    error == null ? outcome : Optional.of(broken(running, error))));
  }

  /**
   * A run does not throw, so this is a defect of ours; it must still end as the trial's failure.
   */
  private static Outcome broken(Workload.Running running, Throwable error) {
    return new Outcome.Failed(
        running.attempt().trial(),
        running.attempt().number(),
        new TrialFailure(TrialFailure.Category.INVALID_PLAN, false, "defect: " + error));
  }

  /** Logs a line unless it is the one logged last: joining and waiting go on for long. */
  private void say(String line) {
    if (!line.equals(said)) {
      said = line;
      getContext().getLog().info(line);
    }
  }
}
