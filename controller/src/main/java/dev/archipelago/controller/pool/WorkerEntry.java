package dev.archipelago.controller.pool;

import akka.actor.typed.ActorRef;
import dev.archipelago.protocol.device.DeviceReading;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import dev.archipelago.protocol.wire.ToWorker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A worker as the pool knows it.
 *
 * @param slots attempts that it can hold more, less those asked for on its behalf
 * @param reading what its device did at its latest heartbeat; empty where nobody watches it
 * @param heardNanos monotonic time of its latest words
 * @param grantedNanos monotonic time of the latest work it was given
 * @param idle why it has nothing to do; empty where that is not so
 */
record WorkerEntry(
    WorkerId id,
    WorkerDescription description,
    ActorRef<ToWorker> ref,
    int slots,
    List<Attempt> held,
    Optional<Progress> progress,
    Optional<DeviceReading> reading,
    long heardNanos,
    long grantedNanos,
    String idle) {

  static WorkerEntry arrived(
      WorkerId id,
      WorkerDescription description,
      ActorRef<ToWorker> ref,
      List<Attempt> held,
      long nanos) {
    long never = nanos - Duration.ofDays(1).toNanos();
    String idle = held.isEmpty() ? "has not asked for work yet" : "";
    return new WorkerEntry(
        id, description, ref, 0, held, Optional.empty(), Optional.empty(), nanos, never, idle);
  }

  WorkerEntry withSlots(int next) {
    return new WorkerEntry(
        id, description, ref, next, held, progress, reading, heardNanos, grantedNanos, idle);
  }

  WorkerEntry beating(ToController.Heartbeat beat, long nanos) {
    return new WorkerEntry(
        id,
        description,
        ref,
        slots,
        beat.held(),
        beat.progress(),
        beat.device(),
        nanos,
        grantedNanos,
        idle);
  }

  WorkerEntry heard(long nanos) {
    return new WorkerEntry(
        id, description, ref, slots, held, progress, reading, nanos, grantedNanos, idle);
  }

  WorkerEntry granted(long nanos) {
    return new WorkerEntry(
        id, description, ref, slots, held, progress, reading, heardNanos, nanos, "");
  }

  WorkerEntry idle(String why) {
    return new WorkerEntry(
        id, description, ref, slots, held, progress, reading, heardNanos, grantedNanos, why);
  }
}
