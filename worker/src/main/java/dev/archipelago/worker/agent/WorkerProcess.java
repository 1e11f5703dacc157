package dev.archipelago.worker.agent;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.FaultInjection;
import dev.archipelago.worker.evaluate.Evaluations;
import dev.archipelago.worker.measure.DeviceMeter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker in this process: one engine, one training thread, one agent that dials controllers. */
public final class WorkerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** Controllers and workers are not one cluster, but their actor systems have one name. */
  private static final String SYSTEM = "archipelago";

  private static final int REFUSED = 2;

  /** The process's exit code when its engine is lost: whoever watches it starts another. */
  private static final int LOST = 70;

  private final ActorSystem<Agent.Command> system;
  private final CompletionStage<End> end;

  private WorkerProcess(ActorSystem<Agent.Command> system, CompletionStage<End> end) {
    this.system = system;
    this.end = end;
  }

  /**
   * Why a worker ended.
   *
   * @param exitCode for the process: 0, or 2 if a controller refused it
   * @param reason for a person
   */
  public record End(int exitCode, String reason) {}

  /** As below, with the worker's own configuration file and nothing over it. */
  public static WorkerProcess start(WorkerSettings settings, Engine engine, DeviceMeter meter)
      throws IOException {
    return start(settings, engine, meter, ConfigFactory.empty());
  }

  /**
   * Starts the worker and returns; it joins a controller as soon as one answers.
   *
   * @param engine closed when the worker ends
   * @param meter watches the engine's device; closed when the worker ends
   * @param overrides of {@code archipelago-worker.conf}, for TLS and the like
   * @throws IOException if the slot directory cannot be used, or another process has it
   * @throws IllegalArgumentException if a fault's rule is malformed
   */
  public static WorkerProcess start(
      WorkerSettings settings, Engine engine, DeviceMeter meter, Config overrides)
      throws IOException {
    FaultInjection faults = FaultInjection.parse(settings.faults());
    SlotDirectory slot = SlotDirectory.open(settings.slotDir());
    ExecutorService training =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "training");
              thread.setDaemon(true);
              return thread;
            });
    TrialRun run =
        new LeasedRun(
            new TrialRunner(engine, faults, evaluations(settings, meter), System::nanoTime),
            slot.lease(),
            slot.spool(),
            () -> Runtime.getRuntime().halt(LOST));
    CompletableFuture<String> refusal = new CompletableFuture<>();
    ActorSystem<Agent.Command> system =
        ActorSystem.create(
            guardian(settings, engine, meter, slot, run, training, refusal),
            SYSTEM,
            configuration(settings, overrides));
    CompletionStage<End> end =
        system
            .getWhenTerminated()
            .thenApply(
                done -> {
                  release(engine, slot, training);
                  meter.close();
                  String refused = refusal.getNow("");
                  return refused.isEmpty()
                      ? new End(0, "the worker was stopped")
                      : new End(REFUSED, refused);
                });
    return new WorkerProcess(system, end);
  }

  private static Evaluations evaluations(WorkerSettings settings, DeviceMeter meter) {
    return new Evaluations(
        new Datasets(settings.datasets()), settings.weights(), System::nanoTime, meter);
  }

  private static Behavior<Agent.Command> guardian(
      WorkerSettings settings,
      Engine engine,
      DeviceMeter meter,
      SlotDirectory slot,
      TrialRun run,
      ExecutorService training,
      CompletableFuture<String> refusal) {
    return Behaviors.setup(
        context -> {
          ActorRefResolver refs = ActorRefResolver.get(context.getSystem());
          return Agent.create(
              new Agent.Equipment(
                  new WorkerId(settings.name(), UUID.randomUUID().toString().substring(0, 8)),
                  describe(settings, engine),
                  settings.join(),
                  address -> gateway(refs, address),
                  settings.prefetch(),
                  run,
                  training,
                  meter::latest,
                  slot.spool(),
                  slot.letters(),
                  refusal::complete));
        });
  }

  private static ActorRef<ToController> gateway(ActorRefResolver refs, String address) {
    return refs.resolveActorRef("akka://" + SYSTEM + "@" + address + "/user/worker-gateway");
  }

  private static WorkerDescription describe(WorkerSettings settings, Engine engine) {
    return new WorkerDescription(
        hostName(),
        ProcessHandle.current().pid(),
        settings.device(),
        engine.name(),
        engine.capabilities(),
        Runtime.getRuntime().availableProcessors(),
        settings.memoryLimitBytes());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static Config configuration(WorkerSettings settings, Config overrides) {
    return overrides
        .withValue(
            "akka.remote.artery.canonical.hostname", ConfigValueFactory.fromAnyRef(settings.host()))
        .withValue(
            "akka.remote.artery.canonical.port", ConfigValueFactory.fromAnyRef(settings.port()))
        .withFallback(ConfigFactory.load("archipelago-worker"))
        .resolve();
  }

  /** The lease goes first: what happens while the process winds down is no trial's fault. */
  private static void release(Engine engine, SlotDirectory slot, ExecutorService training) {
    slot.lease().delete();
    training.execute(engine::close);
    training.shutdown();
    try {
      slot.close();
    } catch (IOException e) {
      LOG.warn("the slot directory's lock could not be given back", e);
    }
  }

  /** The actor system, for whoever adds to it; ends when the worker ends. */
  public ActorSystem<?> system() {
    return system;
  }

  /** Completes when the worker has ended, because it was stopped or refused. */
  public CompletionStage<End> end() {
    return end;
  }

  /** Says goodbye to the controller, stops a training at its next step, and ends. */
  public void stop() {
    system.terminate();
  }
}
