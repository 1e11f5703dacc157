package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.wire.ToController.Attempt;
import java.time.Duration;

/** What a controller says to a worker. */
public sealed interface ToWorker extends WireMessage {

  /** The worker is known and may pull; it is to say every {@code heartbeat} that it lives. */
  record Welcome(int protocolVersion, Duration heartbeat) implements ToWorker {}

  /** The worker cannot work here, and why; it ends. */
  record Refused(int protocolVersion, String reason) implements ToWorker {}

  /** The controller does not know the worker (it was started anew): say Hello again. */
  record SayHello() implements ToWorker {}

  /** Work. The lease runs from now on. */
  record Assign(Assignment assignment) implements ToWorker {}

  /** Nobody waits for this attempt any more: stop it, send nothing. */
  record Cancel(Attempt attempt) implements ToWorker {}

  /** The attempt's outcome is in the journal, or no longer of interest: forget it. */
  record Acknowledged(Attempt attempt) implements ToWorker {}

  /** The search cannot take the report now: send it again a little later. */
  record Busy(Attempt attempt) implements ToWorker {}
}
