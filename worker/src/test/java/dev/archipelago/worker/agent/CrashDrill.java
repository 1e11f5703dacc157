package dev.archipelago.worker.agent;

import dev.archipelago.protocol.wire.Fixtures;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.FaultInjection;
import dev.archipelago.worker.engine.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that dies in native code, or halts, in the middle of a trial. */
final class CrashDrill {
  private CrashDrill() {}

  /** Arguments: the slot directory, and {@code crash} or {@code halt}. */
  public static void main(String[] args) throws IOException {
    FaultInjection faults = FaultInjection.parse(List.of("17:crash"));
    try (SlotDirectory slot = SlotDirectory.open(Path.of(args[0]))) {
      TrialRun dying =
          (assignment, progress, cancelled) -> {
            if (args[1].equals("halt")) {
              Runtime.getRuntime().halt(9);
            }
            try (Network network =
                faults.on(new FakeEngine(), 17, 1).compile(Fixtures.plan(), 1, 1)) {
              network.step(new Batch(1, 1), new Network.Sgd(0, 0, 0, 0));
            }
            return Optional.empty();
          };
      new LeasedRun(dying, slot.lease(), slot.spool(), () -> {})
          .run(Fixtures.assignment(), progress -> {}, () -> false);
    }
  }
}
