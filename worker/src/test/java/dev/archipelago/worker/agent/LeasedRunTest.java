package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.wire.Fixtures;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.worker.engine.EngineLostError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasedRunTest {
  @TempDir private Path directory;

  /** As after an illegal address on a GPU: every later call would fail, too. */
  @Test
  void anEngineThatIsLostEndsTheProcessAndTheNextOneSaysWhy() throws IOException {
    Assignment assignment = Fixtures.assignment();
    AtomicInteger ends = new AtomicInteger();
    try (SlotDirectory slot = SlotDirectory.open(directory)) {
      TrialRun losing =
          (given, progress, cancelled) -> {
            throw new EngineLostError("CUDA error: an illegal memory access", new Error());
          };
      LeasedRun run = new LeasedRun(losing, slot.lease(), slot.spool(), ends::incrementAndGet);
      assertThat(run.run(assignment, progress -> {}, () -> false)).isEmpty();
    }
    assertThat(ends).hasValue(1);
    try (SlotDirectory next = SlotDirectory.open(directory)) {
      assertThat(next.letters())
          .containsExactly(
              new Letter.Crashed(
                  new Attempt(assignment.trial(), assignment.attempt()),
                  "CUDA error: an illegal memory access"));
    }
  }

  @Test
  void tellsALostEngineFromAFailedTrial() {
    assertThat(EngineLostError.isMeantBy("CUDA error: an illegal memory access was encountered"))
        .isTrue();
    assertThat(EngineLostError.isMeantBy("CUDA error: device-side assert triggered")).isTrue();
    assertThat(EngineLostError.isMeantBy("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED")).isTrue();
    assertThat(EngineLostError.isMeantBy("CUDA out of memory. Tried to allocate 20 GiB")).isFalse();
    assertThat(EngineLostError.isMeantBy("mat1 and mat2 shapes cannot be multiplied")).isFalse();
  }
}
