package dev.archipelago.protocol.wire;

import akka.actor.typed.ActorRef;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceReading;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.trial.WorkerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a worker says to a controller's {@code worker-gateway}. */
public sealed interface ToController extends WireMessage {

  /**
   * First words, repeated until {@link ToWorker.Welcome} or {@link ToWorker.Refused} comes, and
   * again whenever a controller does not know the worker.
   *
   * @param held attempts that this process still runs or holds, after a lost connection
   */
  record Hello(
      WorkerId worker,
      int protocolVersion,
      WorkerDescription description,
      List<Attempt> held,
      ActorRef<ToWorker> replyTo)
      implements ToController {
    public Hello {
      held = List.copyOf(held);
    }
  }

  /**
   * Asks for work: the worker can hold so many attempts more. Replaces an earlier pull. Answered by
   * {@link ToWorker.Assign} when there is work, which may be never.
   */
  record Pull(WorkerId worker, int slots) implements ToController {}

  /**
   * Says that the process lives, and renews the leases it holds. Not answered, unless the
   * controller does not know the worker ({@link ToWorker.SayHello}).
   *
   * @param device empty where nothing watches the device, as on CPUs
   */
  record Heartbeat(
      WorkerId worker,
      List<Attempt> held,
      Optional<Progress> progress,
      Optional<DeviceReading> device,
      ActorRef<ToWorker> replyTo)
      implements ToController {
    public Heartbeat {
      held = List.copyOf(held);
    }
  }

  /**
   * An attempt's end, sent again until {@link ToWorker.Acknowledged} comes; {@link ToWorker.Busy}
   * asks to wait before that.
   */
  record Report(WorkerId worker, Outcome outcome, ActorRef<ToWorker> replyTo)
      implements ToController {}

  /**
   * The engine's native code killed an earlier process of this worker during the attempt: proven by
   * the lease file and the fatal error log it left. Answered by {@link ToWorker.Acknowledged}.
   */
  record EngineCrashed(
      WorkerId worker, Attempt attempt, String evidence, ActorRef<ToWorker> replyTo)
      implements ToController {}

  /** The worker goes away of its own will. Not answered. */
  record Goodbye(WorkerId worker, String reason) implements ToController {}

  /** One attempt at a trial. */
  record Attempt(TrialId trial, int number) {}

  /**
   * What a worker is.
   *
   * @param capabilities of the engine
   * @param memoryBytes what a trial may use; 0 where there is no limit
   */
  record WorkerDescription(
      String host,
      long pid,
      Device device,
      String engine,
      Set<Capability> capabilities,
      int cores,
      long memoryBytes) {
    public WorkerDescription {
      capabilities = Set.copyOf(capabilities);
    }
  }

  /**
   * Where the running attempt stands; the latest wins, nothing of it is persisted.
   *
   * @param phase {@code loading}, {@code training}, {@code measuring}, ...
   * @param epoch from 1; 0 before the first
   * @param lossNats of the latest steps; NaN before the first
   */
  record Progress(
      Attempt attempt,
      String phase,
      int epoch,
      int epochs,
      double imagesPerSecond,
      double lossNats) {}
}
